/** How parameters begin: with the draws of the lectures, or with those of PyTorch's own modules. */
import type { TorchGenerator } from '../random';

/** A parameter, or a statistic kept beside the parameters. */
export interface ParameterSpec {
  readonly shape: readonly [number, ...number[]];
  readonly init: Initializer;
}

type Shape = ParameterSpec['shape'];
export type SpecsByName = Readonly<Record<string, ParameterSpec>>;

/** Draws the values of a parameter of some shape, row-major. */
export type Initializer = (g: TorchGenerator, shape: Shape) => Float32Array;

const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/** Standard normal numbers, as `torch.randn(shape, generator=g)` and `nn.Embedding`. */
export const randn: Initializer = (g, shape) => g.randn(sizeOf(shape));

/** What `draw` draws, times each factor in turn, rounded to float32 after each as PyTorch does. */
export function scaled(draw: Initializer, ...factors: readonly number[]): Initializer {
  return (g, shape) => factors.reduce((values, factor) => values.map(v => v * Math.fround(factor)), draw(g, shape));
}

/** `randn((fan_in, fan_out)) * gain / fan_in**0.5`. */
export function kaiming(gain: number): Initializer {
  return (g, shape) => {
    const root = Math.fround(shape[0] ** 0.5);
    return scaled(randn, gain)(g, shape).map(v => v / root);
  };
}

/** The same number everywhere; draws nothing. */
export function constant(value: number): Initializer {
  return (_, shape) => new Float32Array(sizeOf(shape)).fill(value);
}

/** `nn.Linear(fanIn, fanOut)` under a name: its weight (fanOut, fanIn) and its bias, both uniform within 1 / √fan_in. */
export function linearSpecs(name: string, fanIn: number, fanOut: number): SpecsByName {
  const init: Initializer = (g, shape) => g.uniform(sizeOf(shape), 1 / Math.sqrt(fanIn));
  return {
    [`${name}.weight`]: { shape: [fanOut, fanIn], init },
    [`${name}.bias`]: { shape: [fanOut], init },
  };
}

/** The parameters of several parts, one part after the other. */
export function merged(parts: readonly SpecsByName[]): SpecsByName {
  return Object.fromEntries(parts.flatMap(part => Object.entries(part)));
}
