/** A loss that is not a number ends a run, since no step can mend the weights again: why it happened, and what helps. */
import { hyperparameterNames, hyperparameters, type Hyperparameters } from './hyperparameters';
import { presetById, type Preset } from './presets';

/** The first loss that is not finite. */
export interface BrokenStep {
  /** Updates made before it. */
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
}

export interface Divergence extends BrokenStep {
  /** The cause and the remedy, as sentences. */
  readonly reason: string;
  /** What to train again with. */
  readonly remedy: Hyperparameters;
}

/** More examples hardly ever share one context, which is what leaves them no deviation. */
const mostTwins = 8;
const usualBatch = 32;
/** What makes the first weights larger, the likeliest first. */
const scales = ['gain', 'w1Scale', 'b1Scale', 'w2Scale', 'b2Scale', 'lastScale'] as const;

/**
 * What a loss that is not finite comes from.
 *
 * @param batchNorms how many layers normalize by the batch
 */
export function divergenceOf(preset: Preset, broken: BrokenStep, batchNorms: number): Divergence {
  const { hyperparameters: h } = preset;
  const { batchSize = 0 } = h;
  const because = (reason: string, remedy: Hyperparameters): Divergence => ({ ...broken, reason, remedy });
  if (batchNorms > 0 && batchSize > 0 && batchSize <= mostTwins)
    return because(`${noDeviation(batchSize)}: train with a batch size of ${usualBatch}.`, { batchSize: usualBatch });

  const usual = presetById(preset.id).hyperparameters;
  const large = scales.find(name => (h[name] ?? 0) > (usual[name] ?? Infinity));
  if (broken.step === 0 && large !== undefined)
    return because(
      `The first weights are too large with a ${hyperparameters[large].label} of ${h[large]}: train with ${usual[large]}, as the preset has it.`,
      { [large]: usual[large] },
    );

  const { learningRate } = broken;
  if (!(learningRate > 0)) return because('Its numbers are too large for float32: train with another seed.', {});
  const smaller = tenth(learningRate);
  return because(
    `The learning rate of ${Number(learningRate.toPrecision(2))} is too high, so that the weights grew beyond all numbers: train with ${smaller}.`,
    { learningRate: smaller },
  );
}

function noDeviation(batchSize: number): string {
  if (batchSize === 1) return 'Batch normalization divides by the deviation of a batch, and a batch of 1 has none';
  return `Batch normalization divides by the deviation of a batch, which is 0 when all ${batchSize} examples have the same context`;
}

function tenth(learningRate: number): number {
  return Number((learningRate / 10).toPrecision(2));
}

/** Where it happened, the cause, and the remedy. */
export function divergenceSentence({ step, loss, reason }: Divergence): string {
  const what = Number.isNaN(loss) ? 'not a number (NaN)' : 'infinite';
  return `The run ended at step ${step.toLocaleString('en-US')}, where the loss is ${what}. ${reason}`;
}

/** What can change in the middle of a run: the weights stay what they are. */
const changeable: readonly string[] = ['learningRate', 'batchSize'];

/** Whether the remedy helps a run from its last checkpoint on, too. */
export function canGoOn({ remedy }: Divergence): boolean {
  const names = Object.keys(remedy);
  return names.length > 0 && names.every(name => changeable.includes(name));
}

/** "learning rate 3"; empty if there is nothing to change. */
export function remedyText({ remedy }: Pick<Divergence, 'remedy'>): string {
  return hyperparameterNames
    .filter(name => remedy[name] !== undefined)
    .map(name => `${hyperparameters[name].label} ${remedy[name]}`)
    .join(', ');
}

/** How far the first loss may be above ln V, in nats per character: random weights can do that by chance. */
export const hockeyStick = 1;

/** A model that ends so many times as far from the names as one that knows nothing has not learned. */
const farAbove = 2;

/**
 * What there is to say about losses that are finite, and yet far above those of uniform guess; undefined if
 * they are not, or if they have come down from where they began.
 */
export function farAboveUniform(first: number, last: number, vocabSize: number): string | undefined {
  const uniform = Math.log(vocabSize);
  const times = last / uniform;
  if (!(times > farAbove) || last <= first) return undefined;
  const rounded = times < 10 ? times.toFixed(1) : times.toFixed(0);
  return `The loss is ${rounded} times a uniform guess's (${uniform.toFixed(2)}): lower the learning rate.`;
}
