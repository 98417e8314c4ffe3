import type { Hyperparameters } from '../../../src/shared/hyperparameters';
import type { LayerLook } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import type { Alert } from '../parts/alert';
import { evenGain, smallerWeights } from '../parts/fix';
import { canSaturate, layersAt } from './quantity';
import { listed } from '../parts/listed';
import { recentMedian } from '../parts/recent';
import { unsaturate } from '../parts/unsaturate';

/** The share of a tanh layer beyond 0.97 that is too much: in part 3, the Kaiming start has a fifth, the first one two thirds. */
export const tooSaturated = 1 / 3;
/** A healthy layer has a std of about 0.65; without a gain or normalization it has half of that. */
export const tooQuiet = 0.1;
/** In a healthy net, the gradients of the layers are within a factor of two. */
export const tooUneven = 10;

/** What is wrong with the values of the layers. */
export function activationAlerts(state: RunState): Alert[] {
  const { hyperparameters = {} } = state.preset ?? {};
  const saturated = layersWhere(
    state,
    ({ saturated }) => saturated,
    canSaturate,
    share => share > tooSaturated,
  );
  const quiet = layersWhere(
    state,
    ({ std }) => std,
    () => true,
    std => std < tooQuiet,
  );
  return [
    ...(saturated.length > 0 ? [saturationAlert(saturated, hyperparameters)] : []),
    ...(quiet.length > 0 ? [quietAlert(quiet, hyperparameters)] : []),
  ];
}

/** What is wrong with the gradients of the layers. */
export function gradientAlerts(state: RunState): Alert[] {
  const stds = outputs(state).map(({ name }) => ({ name, std: recent(state, name, ({ gradStd }) => gradStd) }));
  const sizes = stds.flatMap(({ name, std }) => (std !== undefined && std > 0 ? [{ name, std }] : []));
  if (sizes.length < 2) return [];
  const least = sizes.reduce((a, b) => (b.std < a.std ? b : a));
  const largest = sizes.reduce((a, b) => (b.std > a.std ? b : a));
  if (largest.std <= tooUneven * least.std) return [];
  return [
    {
      kind: 'warning',
      title: `${least.name} learns far more slowly than ${largest.name}`,
      says: `The gradient at ${least.name} is less than a tenth of that at ${largest.name}: one of them learns far more slowly than the other.`,
      remedy: evenOut(state.preset?.hyperparameters ?? {}),
      fix: evenGain(state.preset?.hyperparameters ?? {}),
    },
  ];
}

function outputs({ inspection }: RunState): readonly LayerLook[] {
  return layersAt('output', inspection?.layers ?? []);
}

/** The names of layers whose number has recently been beyond a threshold. */
function layersWhere(
  state: RunState,
  pick: (layer: LayerLook) => number,
  isMeant: (layer: LayerLook) => boolean,
  isBeyond: (value: number) => boolean,
): string[] {
  const beyond = ({ name }: LayerLook): boolean => {
    const value = recent(state, name, pick);
    return value !== undefined && isBeyond(value);
  };
  return outputs(state)
    .filter(layer => isMeant(layer) && beyond(layer))
    .map(({ name }) => name);
}

function recent({ layerHistory }: RunState, name: string, pick: (layer: LayerLook) => number): number | undefined {
  return recentMedian(layerHistory.flatMap(({ layers }) => layers.filter(layer => layer.name === name).map(pick)));
}

function saturationAlert(names: readonly string[], h: Hyperparameters): Alert {
  const isDrawnSo = h.w1Scale !== undefined || h.gain !== undefined; // in the nets of makemore.py it is learned
  return {
    kind: isDrawnSo ? 'warning' : 'hint',
    title: `Over a third of ${listed(names)} is saturated`,
    says: `More than a third of ${listed(names)} is saturated (|h| > 0.97): tanh is flat there, hardly any gradient passes, and the weights before it learn slowly.`,
    remedy: unsaturate(h),
    fix: smallerWeights(h),
  };
}

function quietAlert(names: readonly string[], h: Hyperparameters): Alert {
  return {
    kind: 'warning',
    title: `${listed(names)} hardly ${names.length > 1 ? 'vary' : 'varies'}`,
    says: `${listed(names)} hardly ${names.length > 1 ? 'vary' : 'varies'}: with a std below 0.1 the examples look alike to what comes after.`,
    remedy: evenOut(h),
    fix: evenGain(h),
  };
}

function evenOut({ gain, batchNorm }: Hyperparameters): string {
  return gain !== undefined && batchNorm !== 1
    ? 'Restart with a gain of 5/3, which is 1.667 and makes up for what tanh takes away, or with batch normalization.'
    : 'Try a smaller learning rate: the weights may have been thrown far at the start.';
}
