import { at } from '../../src/shared/at';
import { divergenceOf, hockeyStick } from '../../src/shared/divergence';
import type { Evaluation } from '../../src/shared/run';
import type { LossHistory, RunState } from '../../src/shared/run-state';
import { formatFixed, formatInteger } from '../draw/format';
import type { SmoothedLosses } from '../draw/line/loss-windows';
import { calmerLogits, slower } from './fixes';
import { rule, type Look, type Rule } from './rule';

/** From here on a loss that is still far above ln V is no longer the first steps'. */
const firstSteps = 1000;
/** Losses are averaged over at least this many steps: a single minibatch says little. */
export const steadySteps = 20;
/** A loss this far above its own minimum, in nats, that stays there will not come back. */
const explosion = 1;
/** Of a large loss, minibatches differ by more than that: it has to be this share of the minimum, too. */
const explosionShare = 0.25;
/** How many evaluations are averaged: at a large learning rate, a single one says as little as a minibatch. */
const devEvaluations = 5;
/** A smaller rise of the dev loss, in nats, is of no concern. */
const devRise = 0.03;
/** A rise counts when it is this many times as large as the usual change between two evaluations. */
const devWander = 2;
/** The share of all steps that the mean of recent minibatches is over. */
const nearby = 0.05;

export const lossRules: readonly Rule[] = [
  rule({
    id: 'not-finite',
    place: 'loss',
    about: 'training',
    kind: 'warning',
    silences: 'all others',
    // a run that it has ended says so above all panels, with the cause and the remedy
    find: ({ state }) => (state.divergence ? undefined : firstNotFinite(state.losses)),
    tell: (step, { preset, losses, info, learningRate = NaN }) => ({
      title: 'The loss is not a number',
      says: `Since step ${formatInteger(step)} the loss is not a number, and no step can mend the weights again.`,
      remedy: preset
        ? divergenceOf(preset, { step, loss: at(losses.values, step), learningRate }, info?.batchNorms ?? 0).reason
        : 'Train again with a smaller learning rate.',
    }),
  }),
  rule({
    id: 'explosion',
    place: 'loss',
    about: 'training',
    kind: 'warning',
    silences: 'all others',
    find: look => (look.state.purpose !== 'rangeTest' && explodes(look)) || undefined,
    tell: (_, { preset }) => ({
      title: 'The loss explodes',
      says: 'The loss explodes: it is more than 1 nat above the least that it was, and does not come back. Each step overshoots what it aims at.',
      ...slower(preset?.hyperparameters ?? {}),
    }),
  }),
  rule({
    id: 'overfitting',
    place: 'loss',
    about: 'training',
    kind: 'warning',
    find: ({ state, smoothed }) => (state.purpose === 'train' && overfits(state.evaluations, smoothed)) || undefined,
    tell: () => ({
      title: 'The dev loss rises while the minibatches fall',
      says: 'The dev loss rises while the minibatches still fall: the model begins to learn the train names by heart (overfitting).',
      remedy:
        'The best model is behind: train again with fewer steps, a smaller hidden width or embedding, or more names.',
    }),
  }),
  rule({
    id: 'hockey-stick',
    place: 'loss',
    about: 'start',
    kind: 'hint',
    find: hockeyStickOf,
    /** The shape of the curve: down at once, then nearly flat. */
    tell: (above, { losses, info, preset }) => {
      const vocabSize = info?.vocabSize ?? 0;
      const first = formatFixed(losses.values.at(0), 2);
      return {
        title: 'The first loss is far above a uniform guess',
        says: `A hockey stick: the first loss, ${first}, is ${formatFixed(above, 2)} above ln ${vocabSize} = ${formatFixed(Math.log(vocabSize), 2)}, what a uniform guess has. The weights of the last layer were drawn so large that the model is sure, and wrong, before it has seen a name: the first steps only squash its logits.`,
        ...calmerLogits(preset?.hyperparameters ?? {}),
      };
    },
  }),
];

/** The first step whose loss is NaN or infinite, where the losses have not come back since. */
export function firstNotFinite({ values, length }: LossHistory): number | undefined {
  const first = values.subarray(0, length).findLastIndex(Number.isFinite) + 1;
  return first < length ? first : undefined;
}

/** Means over equal numbers of steps, at least `steadySteps` each. */
export function steadyMeans({ windows, size }: SmoothedLosses): number[] {
  const together = Math.ceil(steadySteps / size);
  return Array.from({ length: Math.floor(windows.length / together) }, (_, i) =>
    meanOf(windows.slice(i * together, (i + 1) * together).map(({ mean }) => mean)),
  );
}

/**
 * Whether the losses are far above the least that they were, and have not come back: neither halfway down from their
 * peak nor, however high that was, to where a model is that knows nothing.
 */
export function explodes({ state, smoothed }: Pick<Look, 'state' | 'smoothed'>): boolean {
  const means = steadyMeans(smoothed);
  if (means.length < 2 || !means.every(Number.isFinite)) return false; // what is not a number has a rule of its own
  const last = at(means, means.length - 1);
  const from = means.indexOf(Math.min(...means));
  const least = Math.min(at(means, from), at(state.losses.values, 0));
  const peak = Math.max(...means.slice(from));
  const rise = last - least;
  return rise > Math.max(explosion, explosionShare * least) && (rise > (peak - least) / 2 || last > highLoss(state));
}

/** Above this in nats a model is worse than one that knows nothing. */
function highLoss({ info }: RunState): number {
  return info ? Math.log(info.vocabSize) + explosion : Infinity;
}

/** Whether the dev loss has been rising from its minimum for some time, while the minibatches have kept falling. */
export function overfits(evaluations: readonly Evaluation[], smoothed: SmoothedLosses): boolean {
  const dev = evaluations.flatMap(({ step, dev }) => (typeof dev === 'number' ? [{ step, dev }] : []));
  const means = dev.slice(devEvaluations - 1).map(({ step }, i) => ({
    step,
    dev: meanOf(dev.slice(i, i + devEvaluations).map(({ dev }) => dev)),
  }));
  if (means.length < 2) return false;
  const best = means.reduce((a, b) => (b.dev < a.dev ? b : a));
  const last = at(means, means.length - 1);
  const recent = dev.slice(-2 * devEvaluations);
  const wander = meanOf(recent.slice(1).map(({ dev }, i) => Math.abs(dev - at(recent, i).dev)));
  if (last.dev - best.dev <= Math.max(devRise, devWander * wander)) return false;
  return meanBefore(last.step, smoothed) < meanBefore(best.step, smoothed);
}

/** The mean of the losses just before a step; NaN where there are none. */
function meanBefore(step: number, { windows, size }: SmoothedLosses): number {
  const reach = Math.max(size, nearby * windows.length * size);
  return meanOf(windows.filter(w => w.firstStep < step && w.firstStep >= step - reach).map(({ mean }) => mean));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How far the first loss was above that of a uniform guess, in nats, where that is far and the losses have come down since. */
function hockeyStickOf({ state, smoothed }: Look): number | undefined {
  const { losses, info } = state;
  if (!info || losses.length === 0) return undefined;
  const first = at(losses.values, 0);
  const recent = steadyMeans(smoothed).at(-1) ?? first;
  const isHigh = recent > first || (losses.length > firstSteps && recent > highLoss(state));
  const above = first - Math.log(info.vocabSize);
  return above > hockeyStick && !isHigh ? above : undefined;
}
