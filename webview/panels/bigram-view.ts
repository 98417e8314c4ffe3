import type { BigramCounts } from '../../src/shared/run';
import type { RunState } from '../../src/shared/run-state';
import { formatInteger, formatShare, formatShort } from '../draw/format';
import { allShown, negativeLogLikelihood, probabilities, shadesOf, softmaxRows, topProbability } from './bigrams';

export type BigramMode = 'counts' | 'probability' | 'learned';

/** What the matrix shows in one of its modes. */
export interface BigramView {
  readonly mode: BigramMode;
  /** Counted, or the model's own. */
  readonly probs: Float32Array;
  readonly shades: Float32Array;
  readonly largest: number;
  /** Of the whole file under `probs`; undefined where not all of it is shown. */
  readonly loss: number | undefined;
  /** In at most four characters, for a cell. */
  readonly short: (cell: number) => string;
  /** Whether there is nothing to say: no such bigram, or a probability that rounds to none. */
  readonly isQuiet: (cell: number) => boolean;
  /** In full, for a table. */
  readonly long: (cell: number) => string;
  readonly format: (value: number) => string;
}

/** A net that learns the same table can show it beside the counted one; characters left out would shift its rows. */
export function offeredModes({ preset, counts }: RunState): readonly BigramMode[] {
  const learns = preset?.model === 'bigram-net' && counts !== undefined && allShown(counts);
  return learns ? ['counts', 'probability', 'learned'] : ['counts', 'probability'];
}

export function viewBigrams(counts: BigramCounts, mode: BigramMode, smoothing: number, W?: Float32Array): BigramView {
  const n = counts.tokens.length;
  const probs = mode === 'learned' && W ? softmaxRows(W, n) : probabilities(counts, smoothing);
  const loss = allShown(counts) ? negativeLogLikelihood(counts, probs) : undefined;
  if (mode === 'counts') {
    const largest = counts.counts.reduce((a, b) => Math.max(a, b), 0);
    return {
      ...{ mode, probs, largest, loss, shades: shadesOf(counts.counts, largest) },
      short: cell => formatShort(counts.counts[cell]),
      isQuiet: cell => counts.counts[cell] === 0,
      long: cell => formatInteger(counts.counts[cell]),
      format: value => formatInteger(Math.round(value)),
    };
  }
  const largest = topProbability(probs);
  return {
    ...{ mode, probs, largest, loss, shades: shadesOf(probs, largest) },
    short: cell => formatShare(probs[cell]),
    isQuiet: cell => probs[cell] < 0.0005,
    long: cell => probs[cell].toFixed(4),
    format: value => String(Number(value.toPrecision(3))),
  };
}
