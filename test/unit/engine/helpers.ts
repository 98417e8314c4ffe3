/** What the engine's tests share: numbers to try, functions run under guard, and comparisons. */
import { fail, strictEqual } from 'node:assert/strict';
import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { CompiledEngine, type CompiledEngineOptions } from '../../../src/engine/compiled-engine';
import type { SimdFlavor } from '../../../src/engine/emit/instructions';
import { detectSimd } from '../../../src/engine/emit/wasm';
import type { Engine, TensorSpec } from '../../../src/engine/engine';
import { interpret } from '../../../src/engine/interpreter';
import { size, type Shape } from '../../../src/engine/shapes';
import { record } from '../../../src/engine/recording';
import { TorchGenerator } from '../../../src/makemore/random';

/** The instructions that this machine has: both, unless it is an old one. */
export const flavors: readonly SimdFlavor[] = detectSimd() === 'fma' ? ['simd', 'fma'] : ['simd'];

export function compiledEngines(options: CompiledEngineOptions = {}): CompiledEngine[] {
  return flavors.map(simd => new CompiledEngine({ ...options, simd }));
}

export type TensorFunction = (x: Record<string, Tensor>) => Record<string, Tensor>;
/** An input and what it holds. */
export type Given = TensorSpec & { readonly values: ArrayLike<number> };
export type Inputs = Readonly<Record<string, Given>>;
type Results = Record<string, ArrayLike<number>>;

export function floats(shape: Shape, values: ArrayLike<number>): Given {
  return { shape, dtype: 'float32', values: Float32Array.from(values) };
}

export function ints(shape: Shape, values: ArrayLike<number>): Given {
  return { shape, dtype: 'int32', values: Int32Array.from(values) };
}

/** The outputs of one run, at the end of which no guard may be written over. */
export function runOnce(engine: Engine, f: TensorFunction, inputs: Inputs): Results {
  const program = engine.compile(f, inputs);
  for (const [name, { values }] of Object.entries(inputs)) program.in[name].set(values);
  const check = engine instanceof CompiledEngine ? engine.watchGuards() : undefined;
  program.run();
  check?.();
  const out = Object.fromEntries(Object.entries(program.out).map(([name, values]) => [name, values.slice()]));
  program.dispose();
  return out;
}

/** What float64 makes of a function. */
export function interpretOnce(f: TensorFunction, inputs: Inputs): Results {
  const { graph, outputs } = record(f, inputs, new Map());
  const results = interpret(
    graph.nodes,
    Object.fromEntries(Object.entries(inputs).map(([name, i]) => [name, i.values])),
  );
  return Object.fromEntries([...outputs].map(([name, node]) => [name, results.get(node.id)!]));
}

/** How far a float32 may be from what is expected: absolutely, or as part of the value. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** Without a tolerance a result is what is expected, rounded to float32; 0 and -0 are one number. */
export function assertClose(actual: Results, expected: Results, tolerance: Tolerance, of: string): void {
  strictEqual(Object.keys(actual).join(), Object.keys(expected).join());
  for (const [name, values] of Object.entries(actual)) {
    strictEqual(values.length, expected[name].length, `${of}: length of ${name}`);
    for (let i = 0; i < values.length; i++)
      if (!isClose(values[i], Math.fround(expected[name][i]), tolerance))
        fail(`${of}: ${name}[${i}] is ${values[i]} instead of ${expected[name][i]}`);
  }
}

const smallest = 2 ** -149;

function isClose(actual: number, expected: number, { relative = 0, absolute = 0 }: Tolerance): boolean {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return true;
  // Near 0 float32 has no more digits than this.
  const most = Math.max(absolute, relative * Math.abs(expected), relative > 0 ? 4 * smallest : 0);
  return Math.abs(actual - expected) <= most && most < Infinity;
}

/** Sizes around those of vectors and tiles; every now and then nothing at all. */
const sizes = fc.constantFrom(1, 1, 2, 3, 4, 5, 7, 8, 27, 33, 0);

/** Up to four dimensions. */
export const shapes = fc.array(sizes, { maxLength: 4 }).filter(shape => size(shape) <= 3000);

export const filledShapes = shapes.filter(shape => size(shape) > 0);

/** A shape that is broadcast to the given one: some axes have size 1, some of the first are missing. */
export function narrower(shape: Shape): fc.Arbitrary<number[]> {
  return fc
    .tuple(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(shape.length))
    .map(([keeps, missing]) => shape.map((n, axis) => (keeps[axis] ? n : 1)).slice(missing));
}

const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1];
const extreme = [...special, smallest, -smallest, 1e-40, -1e-40, 2 ** -126, 3.4028234663852886e38, -3.4e38, 88.8, -103];

/** Kinds of numbers; `x` is uniform in [0, 1). */
export const kinds = {
  /** From subnormal to the largest. */
  any: { share: 0.2, extra: extreme, usual: (x: number) => (x - 0.5) * 2 ** Math.round(((x * 4096) % 1) * 60 - 30) },
  /** So small that float32 sums of them are exact in every order. */
  integers: { share: 0, extra: special, usual: (x: number) => Math.floor(x * 17) - 8 },
  /** The same with a NaN or an infinity here and there. */
  specials: { share: 0.05, extra: special, usual: (x: number) => Math.floor(x * 17) - 8 },
  unit: { share: 0, extra: special, usual: (x: number) => x * 2 - 1 },
  positive: { share: 0, extra: special, usual: (x: number) => x },
} as const;
export type Kind = keyof typeof kinds;

/** So many numbers of a kind, always the same ones. */
export function numbers(n: number, kind: Kind, seed = 1): Float32Array {
  const generator = new TorchGenerator(seed);
  const { share, extra, usual } = kinds[kind];
  return Float32Array.from({ length: n }, () => {
    const x = generator.uniformFloat();
    return x < share ? extra[Math.floor((x / share) * extra.length)] : usual(generator.uniformFloat());
  });
}

/** An input of a shape. */
export function tensors(shape: Shape, ...of: Kind[]): fc.Arbitrary<Given> {
  return fc
    .tuple(fc.constantFrom(...of), fc.nat())
    .map(([kind, seed]) => floats(shape, numbers(size(shape), kind, seed)));
}
