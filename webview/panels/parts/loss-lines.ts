import { heldOutLosses, heldOutOf } from '../../../src/shared/held-out';
import { learningRateAt } from '../../../src/shared/learning-rate';
import type { RunState } from '../../../src/shared/run-state';
import { formatInteger } from '../../draw/format';
import type { Point } from '../../draw/line/line-picture';
import type { SmoothedLosses } from '../../draw/line/loss-windows';
import { lossMarks } from './loss-marks';

/** In the order of the legend. Later ones are drawn over earlier ones. */
export const lossLineIds = ['minibatch', 'smoothed', 'dev', 'rate'] as const;
export type LossLineId = (typeof lossLineIds)[number];

export interface LossLine {
  readonly id: LossLineId;
  readonly label: string;
  readonly points: readonly Point[];
}

/** The lines that there are so far. */
export function lossLines(state: RunState, smoothed: SmoothedLosses): readonly LossLine[] {
  const { preset, info, evaluations, purpose } = state;
  const { windows, size } = smoothed;
  const lines: LossLine[] = [];
  if (size > 1) {
    // Up and down again in every window: a band that holds every loss, however many there are.
    const points = windows.flatMap(w => [
      { x: w.firstStep, y: w.max },
      { x: w.firstStep + size / 2, y: w.min },
    ]);
    lines.push({
      id: 'minibatch',
      label: preset?.hyperparameters.batchSize === 0 ? 'Full batch' : 'Minibatch',
      points,
    });
  }
  const middle = (size - 1) / 2;
  const means = windows.map(w => ({ x: w.firstStep + middle, y: w.mean }));
  lines.push({ id: 'smoothed', label: size > 1 ? 'Smoothed' : 'Every step', points: means });
  // That of a range test, or of a model that sees a single batch, is of no interest.
  const split = preset && heldOutOf(preset);
  if (split && info && info.examples[split] !== null && purpose === 'train') {
    const points = heldOutLosses(evaluations, preset).map(({ step, loss }) => ({ x: step, y: loss }));
    lines.push({ id: 'dev', label: split === 'dev' ? 'Dev' : 'Test (held out)', points });
  }
  const rates = ratePoints(
    state,
    means.map(({ x }) => x),
  );
  if (rates.length > 0) lines.push({ id: 'rate', label: 'Learning rate', points: rates });
  return lines;
}

/** The learning rate at the places of the losses and where it changes, as far as the run has come. */
export function ratePoints({ preset, losses }: RunState, places: readonly number[]): Point[] {
  if (preset?.hyperparameters.learningRate === undefined || losses.length === 0) return [];
  const { hyperparameters } = preset;
  const { decayFrom = 0 } = hyperparameters;
  const last = losses.length - 1;
  const changes = [decayFrom - 1, decayFrom].filter(step => step > 0 && step < last);
  const steps = [...new Set([0, ...places, ...changes, last])].sort((a, b) => a - b);
  return steps.map(x => ({ x, y: learningRateAt(x, hyperparameters) }));
}

/** The curve in a sentence, with what it is held against. */
export function lossSummary(state: RunState, { windows }: SmoothedLosses): string {
  const { losses } = state;
  const [first] = losses.values.subarray(0, losses.length);
  const last = windows.at(-1)?.mean;
  if (first === undefined || last === undefined) return 'Loss: no step has been made yet.';
  const how = last < first ? 'fell' : 'rose';
  const marks = lossMarks(state).map(({ name, y }) => `${name} ${y.toFixed(2)}`);
  const against = marks.length > 0 ? `. Marks: ${marks.join(', ')}` : '';
  return `Loss ${how} from ${first.toFixed(2)} to ${last.toFixed(2)} over ${formatInteger(losses.length)} steps${against}`;
}
