import { models } from '../../src/shared/models';
import type { RunState } from '../../src/shared/run-state';
import { listed } from './listed';
import { faster, slower, usualRate } from './fixes';
import { looks, recentMedian } from './recent';
import { rule, type Rule } from './rule';

/** log10 of update:data: a matrix that changes by a thousandth of itself per step learns well. */
export const goal = -3;
/** The first steps of many nets are larger. */
const settledSteps = 100;
/** So many looks after them are needed for a judgment. */
const leastLooks = 3;
/** The last matrix gives the logits. It starts small on purpose, and for so long it changes a lot. */
const youngSteps = 10_000;

/** Between which ratios updates are healthy. A full batch has no noise, so that it bears steps ten times as large. */
export function healthyRatios({ preset }: Pick<RunState, 'preset'>): { readonly min: number; readonly max: number } {
  return { min: -4.5, max: preset?.hyperparameters.batchSize === 0 ? -0.5 : -1.5 };
}

interface Judged {
  readonly names: readonly string[];
  /** Whether they are most of those that were judged, so that it is no matter of one of them. */
  readonly areMost: boolean;
}

export const updateRules: readonly Rule[] = [
  rule({
    id: 'no-rate',
    place: 'updates',
    about: 'training',
    kind: 'warning',
    silences: ['still', 'slow', 'explosion', 'overfitting', 'hockey-stick'],
    find: ({ state: { learningRate, preset, purpose } }) =>
      (purpose !== 'rangeTest' && (learningRate ?? preset?.hyperparameters.learningRate) === 0) || undefined,
    tell: (_, { preset }) => ({
      title: 'The learning rate is 0',
      says: 'The learning rate is 0: no step changes anything.',
      remedy: 'Train again with a learning rate above 0; Find the Learning Rate looks for one.',
      fix: preset && usualRate(preset),
    }),
  }),
  rule({
    id: 'still',
    place: 'updates',
    about: 'training',
    kind: 'warning',
    silences: ['slow'],
    find: ({ state }) => stillMatrices(state),
    tell: names => ({
      title: `Steps do not change ${listed(names)}`,
      says: `Steps do not change ${listed(names)} at all: the update is exactly 0, since no gradient arrives.`,
      remedy: 'See Gradients for where it is lost.',
    }),
  }),
  rule({
    id: 'fast',
    place: 'updates',
    about: 'training',
    kind: 'warning',
    find: ({ state }) => judge(state, isTooFast),
    tell: ({ names, areMost }, { preset }) => ({
      title: `Each step changes ${listed(names)} too much`,
      says: `Each step changes ${listed(names)} too much to settle (log10 of update:data above the dotted line).`,
      ...(areMost
        ? slower(preset?.hyperparameters ?? {})
        : {
            remedy:
              'The other matrices are calm, so it is hardly the learning rate: these may have been drawn too small beside them.',
          }),
    }),
  }),
  rule({
    id: 'slow',
    place: 'updates',
    about: 'training',
    kind: 'hint',
    find: ({ state }) => judge(state, isTooSlow),
    tell: ({ names, areMost }, { preset }) => ({
      title: `A step hardly changes ${listed(names)}`,
      says: `A step hardly changes ${listed(names)}, and never did (log10 of update:data below −4.5): too little to learn in reasonable time.`,
      ...(areMost
        ? faster(preset?.hyperparameters ?? {})
        : {
            remedy:
              'The other matrices move, so it is hardly the learning rate: these may have been drawn too large, or their gradient is lost on the way (see Gradients).',
          }),
    }),
  }),
];

/**
 * The matrices that no step has changed lately. PyTorch has 0 / 0 = nan where a matrix is all zero: of a finite loss that
 * is no update, either.
 */
function stillMatrices(state: RunState): string[] {
  const recent = state.updateHistory.slice(-looks);
  if (!state.updateHistory.some(({ step }) => step > 1)) return []; // the first step may have had nothing to change yet
  return namesOf(state).filter((_, i) =>
    recent.every(({ ratios }) => ratios[i] === -Infinity || Number.isNaN(ratios[i])),
  );
}

function judge(state: RunState, isWrong: (matrix: Matrix) => boolean): Judged | undefined {
  const { updateHistory, purpose, preset } = state;
  // a range test goes through all learning rates, and one neuron has no gradient at any
  if (purpose === 'rangeTest' || (preset && models[preset.model].logits === 'one neuron')) return undefined;
  const settled = updateHistory.filter(({ step }) => step >= settledSteps);
  if (settled.length < leastLooks) return undefined;
  const names = namesOf(state);
  const { min, max } = healthyRatios(state);
  const judged = names.map((name, i): Matrix => {
    const ratios = settled.map(({ ratios }) => ratios[i] ?? NaN);
    const isYoung = names.length > 1 && i === names.length - 1 && (settled.at(-1)?.step ?? 0) < youngSteps;
    return { name, ratios, min, max: isYoung ? Infinity : max };
  });
  const wrong = judged.filter(isWrong).map(({ name }) => name);
  const count = judged.filter(matrix => matrix.max < Infinity || wrong.includes(matrix.name)).length;
  return wrong.length > 0 ? { names: wrong, areMost: 2 * wrong.length > count } : undefined;
}

interface Matrix {
  readonly name: string;
  /** log10 of update:data, once the first steps are over. */
  readonly ratios: readonly number[];
  readonly min: number;
  readonly max: number;
}

function isTooFast({ ratios, max }: Matrix): boolean {
  return (recentMedian(ratios) ?? goal) > max;
}

/** One that once moved as it should and has come to rest has learned what there was to learn. */
function isTooSlow({ ratios, min }: Matrix): boolean {
  return (recentMedian(ratios) ?? goal) < min && !ratios.some(ratio => ratio >= min);
}

function namesOf({ inspection }: RunState): string[] {
  return (inspection?.parameters ?? []).map(({ name }) => name);
}
