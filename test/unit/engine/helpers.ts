/** What the engine's tests share: numbers to try, runs with guarded arrays, and comparisons. */
import { fail, strictEqual } from 'node:assert/strict';
import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { CompiledEngine, type CompiledEngineOptions } from '../../../src/engine/compiled-engine';
import type { SimdFlavor } from '../../../src/engine/emit/instructions';
import { detectSimd } from '../../../src/engine/emit/wasm';
import type { Engine, Program, TensorSpec } from '../../../src/engine/engine';
import { interpret } from '../../../src/engine/interpreter';
import { size, type Shape } from '../../../src/engine/shapes';
import { record } from '../../../src/engine/recording';
import { TorchGenerator } from '../../../src/makemore/random';
import { at } from '../../../src/shared/at';

/** The instructions that this machine has: both kinds, unless it is an old one. */
export const flavors: readonly SimdFlavor[] = detectSimd() === 'fma' ? ['simd', 'fma'] : ['simd'];

export function compiledEngines(options: CompiledEngineOptions = {}): CompiledEngine[] {
  return flavors.map(simd => new CompiledEngine({ ...options, simd }));
}

/** Inputs and outputs by name. */
export type TensorFunction<I extends string, O extends string> = (x: Record<I, Tensor>) => Record<O, Tensor>;
/** An input and its values. */
export type Given = TensorSpec & { readonly values: ArrayLike<number> };
export type Inputs<I extends string> = Readonly<Record<I, Given>>;
type Results<O extends string> = Record<O, ArrayLike<number>>;

export function floats(shape: Shape, values: ArrayLike<number>): Given {
  return { shape, dtype: 'float32', values: Float32Array.from(values) };
}

export function ints(shape: Shape, values: ArrayLike<number>): Given {
  return { shape, dtype: 'int32', values: Int32Array.from(values) };
}

export function outputsOf(program: Program<string, string>): Record<string, Float32Array> {
  return Object.fromEntries(program.outputs().map(name => [name, program.read(name)]));
}

/** The outputs of one run, which must not write over any guard. */
export function runOnce<I extends string, O extends string>(
  engine: Engine,
  f: TensorFunction<I, O>,
  inputs: Inputs<I>,
): Results<O> {
  const program = engine.compile(f, inputs);
  for (const name in inputs) program.write(name, inputs[name].values);
  const check = engine instanceof CompiledEngine ? engine.watchGuards() : undefined;
  program.run();
  check?.();
  const out: Results<string> = outputsOf(program);
  program.dispose();
  return out;
}

/** The outputs of a function in float64. */
export function interpretOnce<I extends string>(f: TensorFunction<I, string>, inputs: Inputs<I>): Results<string> {
  const { graph, outputs } = record(f, inputs, new Map());
  const given = Object.entries<Given>(inputs).map(([name, { values }]) => [name, values] as const);
  const results = interpret(graph.nodes, Object.fromEntries(given));
  return Object.fromEntries([...outputs].map(([name, node]) => [name, results.get(node.id) ?? []]));
}

/** How far a float32 may be from the expected value: absolutely, or relative to it. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** Without a tolerance a result has to be the expected value rounded to float32; 0 and -0 count as equal. */
export function assertClose(
  actual: Results<string>,
  expected: Results<string>,
  tolerance: Tolerance,
  of: string,
): void {
  strictEqual(Object.keys(actual).join(), Object.keys(expected).join());
  for (const [name, values] of Object.entries(actual)) {
    const wanted = expected[name] ?? [];
    strictEqual(values.length, wanted.length, `${of}: length of ${name}`);
    Array.from(values).forEach((value, i) => {
      const exact = at(wanted, i);
      if (!isClose(value, Math.fround(exact), tolerance)) fail(`${of}: ${name}[${i}] is ${value} instead of ${exact}`);
    });
  }
}

const smallest = 2 ** -149;

function isClose(actual: number, expected: number, { relative = 0, absolute = 0 }: Tolerance): boolean {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return true;
  // Near 0 float32 has no more digits than this.
  const most = Math.max(absolute, relative * Math.abs(expected), relative > 0 ? 4 * smallest : 0);
  return Math.abs(actual - expected) <= most && most < Infinity;
}

/** Sizes around those of vectors and tiles; now and then 0. */
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
  /** So small that their float32 sums are exact in any order. */
  integers: { share: 0, extra: special, usual: (x: number) => Math.floor(x * 17) - 8 },
  /** The same with a NaN or an infinity here and there. */
  specials: { share: 0.05, extra: special, usual: (x: number) => Math.floor(x * 17) - 8 },
  unit: { share: 0, extra: special, usual: (x: number) => x * 2 - 1 },
  positive: { share: 0, extra: special, usual: (x: number) => x },
} as const;
export type Kind = keyof typeof kinds;

/** `n` numbers of a kind; a seed always gives the same ones. */
export function numbers(n: number, kind: Kind, seed = 1): Float32Array {
  const generator = new TorchGenerator(seed);
  const { share, extra, usual } = kinds[kind];
  return Float32Array.from({ length: n }, () => {
    const x = generator.uniformFloat();
    return x < share ? at(extra, Math.floor((x / share) * extra.length)) : usual(generator.uniformFloat());
  });
}

/** An input of a shape. */
export function tensors(shape: Shape, ...of: Kind[]): fc.Arbitrary<Given> {
  return fc
    .tuple(fc.constantFrom(...of), fc.nat())
    .map(([kind, seed]) => floats(shape, numbers(size(shape), kind, seed)));
}
