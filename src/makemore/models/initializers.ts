/** How parameters begin: with the draws of the lectures, or with those of PyTorch's own modules. */
import type { TorchGenerator } from '../random';

/** Draws the values of a parameter of some shape, row-major. */
export type Initializer = (g: TorchGenerator, shape: readonly number[]) => Float32Array;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

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

/** `nn.Linear`'s default for weight and bias: uniform within 1 / √fan_in. */
export function linearDefault(fanIn: number): Initializer {
  return (g, shape) => g.uniform(sizeOf(shape), 1 / Math.sqrt(fanIn));
}
