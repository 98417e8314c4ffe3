import type { BigramCounts } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { formatFixed } from '../../draw/format';
import type { BigramView } from './view';
import { allShown, likelihoodsByDivisor, negativeLogLikelihood, rowSums } from './probabilities';
import { knowsTrigrams } from './trigrams';

/** How likely the names are under the shown model; empty where not all characters are shown. */
export function likelihoodSentence(counts: BigramCounts, { normalize, smoothing, probs, learned }: BigramView): string {
  if (!allShown(counts)) return '';
  const what = 'Negative log-likelihood of the bigrams in nats per character';
  if (normalize === 'columns') {
    const { rows, columns } = likelihoodsByDivisor(counts, smoothing);
    return `${what}: ${formatNats(columns)} by columns, ${formatNats(rows)} by rows`;
  }
  const counted = formatNats(negativeLogLikelihood(counts, probs));
  if (!learned) return `${what}: ${counted}`;
  return `${what}: ${formatNats(negativeLogLikelihood(counts, learned.probs))} learned, ${counted} counted`;
}

/** What is special about what is shown, besides what all bigrams have in common. */
export function bigramSentence({ preset }: RunState, counts: BigramCounts, view: BigramView): string {
  if (knowsTrigrams(preset))
    return 'The model looks at two characters; this matrix shows the bigrams of the same names.';
  if (view.mode === 'logits')
    return 'The rows of W become the logs of the counts, up to a constant per row, which softmax ignores: first where counts are large. Where a count is 0, its log is −∞, and regularization holds W back. It does to W what smoothing does to the counts: it pulls the probabilities of a row together.';
  if (view.normalize === 'rows') return '';
  const [first] = counts.tokens;
  const sum = formatFixed(rowSums(view.probs, counts.tokens.length)[0], 2);
  return `The bug of P / P.sum(1) without keepdim=True: now the columns sum to 1 and the rows do not (that of “${first}” has ${sum}), so the model is wrong: names are drawn from rows, each made to sum to 1 again. Nothing warns of it. The table as it stands even has the likelihood of the right one, since every character begins as many bigrams as it ends.`;
}

function formatNats(loss: number): string {
  return Number.isFinite(loss) ? loss.toFixed(4) : '∞';
}
