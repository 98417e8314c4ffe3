import { heldOutLosses, heldOutOf } from '../../../src/shared/held-out';
import { charactersSeen, models } from '../../../src/shared/models';
import type { RunState } from '../../../src/shared/run-state';
import { countOf, formatFixed, formatInteger, formatSetting } from '../../draw/format';
import { meanOfLast } from '../../draw/line/loss-windows';
import { asChoices } from '../parts/choices';

/** What to look for in the curve. */
export function lossLookFor(state: RunState): string {
  const { info, preset, purpose } = state;
  if (!info) return 'Nats per character: how surprised the model is by what follows.';
  const lnV = Math.log(info.vocabSize).toFixed(2);
  if (preset && models[preset.model].logits === 'one neuron')
    return `One output shifts the logits of all characters alike, and softmax looks at their differences only: every character keeps the probability 1/${info.vocabSize}, the loss stays ln ${info.vocabSize} = ${lnV}, and no gradient reaches the neuron. It can give no other distribution than the uniform one.`;
  if (purpose === 'overfit') return overfitSentence(state);
  const overfitting = info.examples.dev === null ? '' : ' Dev rising while the minibatches fall means overfitting.';
  return `It should fall from about ln ${info.vocabSize} = ${lnV}; a first loss far above that means that the first logits are too large.${overfitting}${penaltySentence(state)}`;
}

function overfitSentence(state: RunState): string {
  const { info, preset } = state;
  const { batchSize = 0 } = preset?.hyperparameters ?? {};
  const size = batchSize === 0 ? (info?.examples.train ?? 0) : batchSize;
  const least =
    info?.floor === undefined
      ? ''
      : info.floor > 0
        ? ` The data allow ${formatFixed(info.floor, 4)}, and no less: some contexts have several targets${seesOneCharacter(state) ? ', and this model sees only the last character of each' : ''}.`
        : ' The data allow 0: every context has one target.';
  return `A sanity check: one batch of ${countOf(size, 'example')}, again and again. A model with enough freedom fits it almost as well as the data allow; one that stays far above may have a mistake that more data would only hide: try a larger learning rate or width first, then look for gradients of 0 and dead neurons.${least}${staysAbove(state)}`;
}

/** Of two contexts with the same last character, such a model cannot tell which is which. */
function seesOneCharacter({ info, preset }: RunState): boolean {
  return info !== undefined && preset !== undefined && charactersSeen(preset.model, info.blockSize) === 1;
}

/** Why a model without a mistake does not reach what the data allow. */
function staysAbove({ info, preset }: RunState): string {
  if (!info || !preset) return '';
  const { logits } = models[preset.model];
  const { learningRate = 0, regularization = 0 } = preset.hyperparameters;
  if (logits === 'table') {
    const reach = formatSetting(Number((info.maxSteps * learningRate).toPrecision(2)));
    return ` A step of AdamW moves a logit by about the learning rate, all ${formatInteger(info.maxSteps)} of them by ${reach}: if that is little, take a larger rate.`;
  }
  const reasons = [
    logits === 'xenc @ W' ? 'its two characters vote without knowing of each other' : '',
    regularization > 0 ? 'the loss includes the penalty of regularization' : '',
  ].filter(Boolean);
  return reasons.length > 0 ? ` It stays above: ${reasons.join(', and ')}.` : '';
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
    return 'The same measure as in parts 1 to 5. Other names are held out, so differences below about 0.01 say nothing. These test names are seen all along, as in makemore.py: they serve to choose, as dev names do, and flatter what is chosen.';
  if (preset.split === 'whole')
    return 'This is the loss on the names that the model learns from. The dev losses of parts 2 to 5 are on names that it has not seen.';
  return '';
}

/** What the number is, and why its curve is no line; empty where there is none. */
export function meaning({ info, preset, purpose }: RunState): string {
  if (!info || purpose !== 'train') return '';
  const { vocabSize } = info;
  const what = `The loss is the mean of −log p, where p is what the model gave to the character that followed, in nats, since the log is natural. exp(loss) is the perplexity: among how many equally likely characters it is as hard to choose. ln ${vocabSize} stands for ${vocabSize} of them, 2.10 for 8.2.`;
  if (preset?.hyperparameters.batchSize === 0) return what;
  return `${what} The curve zigzags since every step sees other examples: many rough steps beat a few exact ones. At a high rate the steps end up jumping around the minimum; once the smoothed curve is level, a tenth of the rate calms them, and the loss drops at once.`;
}

/** Minibatch losses are averaged over so many, until there is a dev loss. */
const recentSteps = 100;

/** What the loss says, in words that can be pictured: e to its power. */
export function lossFact({ evaluations, info, losses, preset, purpose }: RunState): string {
  if (purpose === 'overfit' && info?.floor !== undefined && losses.length > 0)
    return `${formatFixed(losses.values.at(losses.length - 1), 4)}, at least ${formatFixed(info.floor, 4)}`;
  const heldOut = preset && heldOutLosses(evaluations, preset).at(-1)?.loss;
  const loss = heldOut ?? meanOfLast(losses.values, losses.length, recentSteps);
  if (purpose !== 'train' || loss === undefined || !Number.isFinite(loss)) return '';
  if (info && loss > Math.log(info.vocabSize))
    return `worse than a uniform guess${heldOut === undefined ? '' : ` on ${preset && heldOutOf(preset)}`}`;
  return asChoices(loss);
}

/** The test loss as it was when it was last asked for, and what it is for. */
export function testSentence({ evaluations }: Pick<RunState, 'evaluations'>): string {
  const last = evaluations.findLast(({ test }) => typeof test === 'number');
  const what = 'Look at it once, at the end, for the model that you chose by dev: choosing by it would use it up.';
  return last
    ? `The test loss is ${formatFixed(last.test, 4)} at step ${formatInteger(last.step)}. ${what}`
    : `The test loss is not known yet. ${what}`;
}
