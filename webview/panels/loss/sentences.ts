import { heldOutLosses, heldOutOf } from '../../../src/shared/held-out';
import { models } from '../../../src/shared/models';
import type { RunState } from '../../../src/shared/run-state';
import { countOf, formatFixed, formatInteger } from '../../draw/format';
import { meanOfLast } from '../../draw/loss-windows';

/** What to look for in the curve. */
export function lossLookFor(state: RunState): string {
  const { info, preset, purpose } = state;
  if (!info) return 'Nats per character: how surprised the model is by what follows.';
  if (purpose === 'overfit') return overfitSentence(state);
  const lnV = Math.log(info.vocabSize).toFixed(2);
  if (preset && models[preset.model].logits === 'one neuron')
    return `One output shifts the logits of all characters alike, and softmax looks at their differences only: every character keeps the probability 1/${info.vocabSize}, the loss stays ln ${info.vocabSize} = ${lnV}, and no gradient reaches the neuron. It can give no other distribution than the uniform one.`;
  const overfitting = info.examples.dev === null ? '' : ' Dev rising while the minibatches fall means overfitting.';
  return `It should fall from about ln ${info.vocabSize} = ${lnV}; a first loss far above that means that the first logits are too large.${overfitting}${penaltySentence(state)}`;
}

function overfitSentence({ info, preset }: RunState): string {
  const { batchSize = 0 } = preset?.hyperparameters ?? {};
  const size = batchSize === 0 ? (info?.examples.train ?? 0) : batchSize;
  const least =
    info?.floor === undefined
      ? ''
      : info.floor > 0
        ? ` The data allow ${formatFixed(info.floor, 4)}, and no less: some contexts have several targets.`
        : ' The data allow 0: every context has one target.';
  return `A sanity check: one batch of ${countOf(size, 'example')}, again and again. A model with enough freedom fits it almost as well as the data allow; one that stays far above may have a mistake that more data would only hide.${least}${seesOneCharacter(preset) ? ' This model sees only the last character, so it stays above.' : ''}`;
}

/** Of two characters with the same last one, such a model cannot tell which is which. */
function seesOneCharacter(preset: RunState['preset']): boolean {
  return preset !== undefined && ['one-neuron', 'bigram-net', 'makemore-bigram'].includes(preset.model);
}

/** What the curve holds besides the likelihood. */
function penaltySentence({ preset, losses, evaluations, step }: RunState): string {
  const { regularization = 0, batchSize } = preset?.hyperparameters ?? {};
  if (regularization === 0) return '';
  const what = ' The curve includes the penalty of regularization';
  const last = evaluations.findLast(({ train }) => train !== undefined);
  // Only a loss over all examples is of the same ones.
  if (batchSize !== 0 || last?.step !== step || typeof last.train !== 'number' || losses.length === 0)
    return `${what}.`;
  const whole = losses.values.at(losses.length - 1);
  return `${what}: ${formatFixed(whole, 4)}, of which ${formatFixed(last.train, 4)} is the train loss.`;
}

/** How this loss compares with those of other models; empty where that goes without saying. */
export function comparability({ preset }: RunState): string {
  if (!preset) return '';
  if (preset.split === 'makemore')
    return 'The same measure as in parts 1 to 5. Other names are held out, so differences below about 0.01 say nothing.';
  if (preset.split === 'whole')
    return 'This is the loss on the names that the model learns from. The dev losses of parts 2 to 5 are on names that it has not seen.';
  return '';
}

/** Minibatch losses are averaged over so many, until there is a dev loss. */
const recentSteps = 100;

/** 9.3, 27, 1,200. */
function formatChoices(n: number): string {
  return n < 19.95 ? n.toFixed(1) : formatInteger(n);
}

/** What the loss says, in words that can be pictured: e to its power. */
export function lossFact({ evaluations, info, losses, preset, purpose }: RunState): string {
  if (purpose === 'overfit' && info?.floor !== undefined && losses.length > 0)
    return `${formatFixed(losses.values.at(losses.length - 1), 4)}, at least ${formatFixed(info.floor, 4)}`;
  const heldOut = preset && heldOutLosses(evaluations, preset).at(-1)?.loss;
  const loss = heldOut ?? meanOfLast(losses.values, losses.length, recentSteps);
  if (purpose !== 'train' || loss === undefined || !Number.isFinite(loss)) return '';
  if (info && loss > Math.log(info.vocabSize))
    return `worse than a uniform guess${heldOut === undefined ? '' : ` on ${preset && heldOutOf(preset)}`}`;
  return `as if choosing among ${formatChoices(Math.exp(loss))} characters`;
}

/** The test loss as it was when it was last asked for, and what it is for. */
export function testSentence({ evaluations }: Pick<RunState, 'evaluations'>): string {
  const last = evaluations.findLast(({ test }) => typeof test === 'number');
  const what = 'It is for the model that you have chosen by dev, once, at the end: choosing by it would use it up.';
  return last
    ? `The test loss is ${formatFixed(last.test, 4)} at step ${formatInteger(last.step)}. ${what}`
    : `The test loss is not known yet. ${what}`;
}
