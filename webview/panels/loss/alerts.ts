import { at } from '../../../src/shared/at';
import { hockeyStick } from '../../../src/shared/divergence';
import type { Evaluation } from '../../../src/shared/run';
import type { Hyperparameters } from '../../../src/shared/hyperparameters';
import type { LossHistory, RunState } from '../../../src/shared/run-state';
import { formatFixed, formatInteger } from '../../draw/format';
import type { SmoothedLosses } from '../../draw/loss-windows';
import type { Alert } from '../parts/alert';
import { calmerLogits, slower } from '../parts/fix';

/** Losses are averaged over at least this many steps: a single minibatch says little. */
export const steadySteps = 20;
/** A loss this far above its own minimum, in nats, that stays there will not come back. */
export const explosion = 1;
/** How many evaluations are averaged: at a large learning rate, a single one says as little as a minibatch. */
export const devEvaluations = 5;
/** A smaller rise of the dev loss, in nats, is of no concern. */
export const devRise = 0.03;
/** A rise counts when it is this many times as large as the usual change between two evaluations. */
const devWander = 2;
/** The share of all steps that the mean of recent minibatches is over. */
const nearby = 0.05;

/** What is wrong with the losses so far, and what to try. */
export function lossAlerts(state: RunState, smoothed: SmoothedLosses): Alert[] {
  if (state.divergence) return []; // the notice above all panels says it, with the cause and the remedy
  const alerts: Alert[] = [];
  const h = state.preset?.hyperparameters ?? {};
  const broken = firstNotFinite(state.losses);
  if (broken !== undefined) alerts.push(notFiniteAlert(broken, h));
  else if (explodes(steadyMeans(smoothed))) alerts.push(explosionAlert(h));
  if (state.purpose === 'train' && overfits(state.evaluations, smoothed)) alerts.push(overfittingAlert);
  const above = aboveUniform(state);
  if (above > hockeyStick && alerts.length === 0) alerts.push(hockeyStickAlert(state, above));
  return alerts;
}

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

/** Whether means of losses are far above their minimum, and have not come back. */
export function explodes(means: readonly number[]): boolean {
  if (means.length < 2) return false;
  const least = Math.min(...means);
  const peak = Math.max(...means.slice(means.indexOf(least)));
  const rise = at(means, means.length - 1) - least;
  return rise > explosion && rise > (peak - least) / 2;
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

/** How far the first loss is above that of uniform guess, in nats. */
function aboveUniform({ losses, info }: RunState): number {
  return info && losses.length > 0 ? at(losses.values, 0) - Math.log(info.vocabSize) : 0;
}

function notFiniteAlert(step: number, h: Hyperparameters): Alert {
  return {
    kind: 'warning',
    title: 'The loss is not a number',
    says: `Since step ${formatInteger(step)} the loss is not a number: a step was so large that the logits overflowed, and no step can mend the weights again.`,
    fix: slower(h),
    remedy: 'Stop, and train again with a learning rate ten times smaller; Find the Learning Rate looks for one.',
  };
}

const explosionAlert = (h: Hyperparameters): Alert => ({
  kind: 'warning',
  title: 'The loss explodes',
  fix: slower(h),
  says: 'The loss explodes: it lies more than 1 nat above the least that it had, and does not come back. Each step overshoots what it aims at.',
  remedy: 'Try a learning rate three to ten times smaller; Find the Learning Rate looks for one.',
});

const overfittingAlert: Alert = {
  kind: 'warning',
  title: 'The dev loss rises while the minibatches fall',
  says: 'The dev loss rises while the minibatches still fall: the model begins to learn the train names by heart (overfitting).',
  remedy: 'The best model is behind: make fewer steps, take a smaller hidden width or embedding, or more names.',
};

/** The shape of the curve: down at once, then nearly flat. */
function hockeyStickAlert({ losses, info, preset }: RunState, above: number): Alert {
  const { hyperparameters: h = {} } = preset ?? {};
  const vocabSize = info?.vocabSize ?? 0;
  const first = formatFixed(losses.values.at(0), 2);
  return {
    kind: 'hint',
    title: 'The first loss is far above a uniform guess',
    says: `A hockey stick: the first loss, ${first}, lies ${formatFixed(above, 2)} above ln ${vocabSize} = ${formatFixed(Math.log(vocabSize), 2)}, what uniform guess has. The weights of the last layer were drawn so large that the model is sure, and wrong, before it has seen a name: the first steps only squash its logits.`,
    remedy: calmLogits(h),
    fix: calmerLogits(h),
  };
}

function calmLogits({ w2Scale, lastScale }: Hyperparameters): string {
  const then = 'The first loss is ln V then, and every step teaches something.';
  if (w2Scale !== undefined)
    return `Try the preset mlp-part3-logits, or restart with a scale of W2 of 0.01 and a scale of b2 of 0. ${then}`;
  if (lastScale !== undefined) return `Restart with a scale of the last layer of 0.1 or less. ${then}`;
  return 'With smaller weights at the start the first loss would be ln V.';
}
