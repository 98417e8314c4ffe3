import type { Rank, Tensor, Variable } from '@tensorflow/tfjs-core';

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** A function uses a kernel of tfjs that the compiled engine lacks, or in a way that it does not support. */
export class MissingKernelError extends Error {}

/**
 * Executes functions written in tfjs. Whatever changes between runs is an input; what persists is a variable, which the
 * function may assign. The programs of an engine share its variables.
 */
export interface Engine {
  readonly id: 'compiled' | 'tfjs-wasm' | 'tfjs-cpu';
  /** The id and the instructions in use: results are equal to the last bit only if these are the same. */
  readonly flavor: string;
  /** A new variable with a copy of `values`. @throws Error if the name is taken or the size is not the shape's */
  variable<R extends Rank>(name: string, shape: readonly number[], values: Float32Array): Variable<R>;
  /**
   * @param f from inputs to outputs, all by name; called with tensors of the shapes in `inputs`
   * @throws MissingKernelError naming what the function needs and the engine lacks
   */
  compile<I extends string, O extends string>(
    f: (x: Record<I, Tensor>) => Record<O, Tensor>,
    inputs: Record<I, TensorSpec>,
  ): Program<I, O>;
  /** A copy of a variable's values. */
  read(name: string): Float32Array;
  write(name: string, values: Float32Array): void;
  dispose(): void;
}

/** Its arrays are never handed out: compiling another program may move them, so what goes in and comes out is copied. */
export interface Program<I extends string, O extends string> {
  /** Gives an input its values, which it keeps. @throws Error if there is no such input, or the size is not its own */
  write(input: I, values: ArrayLike<number>): void;
  /** A copy of an output of the last run. @throws Error if there is no such output */
  read(output: O): Float32Array;
  /** The names of the outputs of the last run. */
  outputs(): readonly string[];
  run(): void;
  /** What it executes, to be read by people. */
  print(): string;
  dispose(): void;
}
