import { at } from '../../../../src/shared/at';
import type { RunState } from '../../../../src/shared/run-state';
import { lookedInto, parameter } from './looks';

export const names = ['C', 'W1', 'W2', 'W3', 'W4', 'W5', 'W6'];

/** Looks every so many steps; each function gives the ratio of one matrix at a step. */
export function updatesOf(steps: number, every: number, ...ratios: readonly ((step: number) => number)[]): RunState {
  const looked = Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every);
  return lookedInto(
    'deep-part3-batchnorm',
    looked.map(step => ({ step, parameters: ratios.map((ratio, i) => parameter(at(names, i), ratio(step))) })),
  );
}

/** As wide as minibatches of 32 make it. */
const noise = (step: number): number => 0.15 * Math.sin(step * step);
/** From a start on to where it stays. */
export const settling =
  (first: number, last: number) =>
  (step: number): number =>
    last + (first - last) * Math.exp(-step / 200) + noise(step);
/** deep-part3-batchnorm: C, W1 to W6. */
export const healthyUpdates = [-3.8, -2.8, -2.56, -2.61, -2.66, -2.72, -2.47].map((first, i) =>
  settling(first, at([-3.1, -2.31, -2.16, -2.22, -2.25, -2.25, -1.94], i)),
);
