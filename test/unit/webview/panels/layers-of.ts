import type { LayerLook } from '../../../../src/shared/inspection';
import type { RunState } from '../../../../src/shared/run-state';
import { layer, lookedInto } from './looks';

/** Looks at these layers, one after the other. */
export function layersOf(preset: string, ...looks: readonly (readonly LayerLook[])[]): RunState {
  return lookedInto(
    preset,
    looks.map((layers, i) => ({ step: i + 1, layers })),
  );
}

/** deep-part3-batchnorm as published after 1,001 steps: std, saturation and the gradient's std of five layers. */
export const healthyLayers = (
  [
    [0.634, 0.0278, 2.64e-3],
    [0.641, 0.0256, 2.25e-3],
    [0.646, 0.0225, 2.05e-3],
    [0.654, 0.0169, 1.98e-3],
    [0.653, 0.0188, 1.95e-3],
  ] as const
).flatMap(([std, saturated, gradStd], i) => [
  layer({ name: `hpreact${i + 1}`, kind: 'preactivation', std: 0.99, saturated: 0.35, gradStd: gradStd / 1.5 }),
  layer({ name: `h${i + 1}`, std, saturated, gradStd }),
]);
