import type { Rank, Tensor, Variable } from '@tensorflow/tfjs-core';
import { CompiledProgram } from './compiled-program';
import { detectSimd, type SimdFlavor } from './emit/wasm';
import type { Engine, Program, TensorSpec } from './engine';
import { fuse } from './fuse';
import { Arena } from './memory';
import { size } from './operations';
import { planMemory } from './plan';
import { record, recordableVariable, recordTwice } from './recording';
import { simplify } from './simplify';

export interface CompiledEngineOptions {
  /** The instructions to use; the best that this machine has unless told. */
  readonly simd?: SimdFlavor | undefined;
  /** Bytes around every array that nothing may write: tests look at them. */
  readonly guard?: number;
  /** Records every function twice, to see that it does the same each time. */
  readonly verify?: boolean;
}

const pageBytes = 65_536;
/** As float32 and as int32 a number that would be noticed. */
const guardByte = 0xff;

/**
 * Records functions written in tfjs once and runs them as WebAssembly with vector instructions.
 *
 * Recording, simplification, fusion, memory plan, kernels: one file each.
 */
export class CompiledEngine implements Engine {
  readonly id = 'compiled';
  readonly flavor: string;
  readonly simd: SimdFlavor;
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  private readonly arena: Arena;
  private readonly guard: number;
  private readonly record: typeof record;
  private readonly variables = new Map<string, { variable: Variable; address: number; length: number }>();
  private readonly programs = new Set<CompiledProgram>();

  /** @throws Error where the machine has no vector instructions. */
  constructor({ simd = detectSimd(), guard = 0, verify = false }: CompiledEngineOptions = {}) {
    if (!simd) throw new Error('This machine runs WebAssembly without SIMD.');
    this.simd = simd;
    this.flavor = `compiled, ${simd}`;
    this.guard = guard;
    this.record = verify ? recordTwice : record;
    this.arena = new Arena(0);
  }

  variable<R extends Rank>(name: string, shape: readonly number[], values: Float32Array): Variable<R> {
    if (this.variables.has(name)) throw new Error(`There is a variable ${name} already.`);
    const length = size(shape);
    if (values.length !== length) throw new Error(`${name} has ${length} values, not ${values.length}.`);
    const address = this.allocate(length * 4 + 2 * this.guard) + this.guard;
    const variable = recordableVariable(name, shape);
    this.variables.set(name, { variable, address, length });
    this.write(name, values);
    return variable as Variable<R>;
  }

  /** @throws MissingKernelError naming what the function needs and the engine lacks. */
  compile<I extends string, O extends string>(
    f: (x: Record<I, Tensor>) => Record<O, Tensor>,
    inputs: Record<I, TensorSpec>,
  ): Program<I, O> {
    const variables = new Map([...this.variables].map(([name, { variable }]) => [name, variable]));
    const simplified = simplify(this.record(f, inputs, variables));
    const fused = fuse(simplified);
    const ofInputs = simplified.nodes.filter(node => node.operation.kind === 'input');
    const plan = planMemory(fused, ofInputs, this.guard);
    const begin = this.allocate(plan.bytes);
    const program = new CompiledProgram({
      fused,
      plan,
      inputs,
      begin,
      memory: this.memory,
      simd: this.simd,
      variableAddress: name => this.variables.get(name)!.address,
      onDispose: () => {
        this.programs.delete(program);
        this.arena.release(begin, plan.bytes);
      },
    });
    this.programs.add(program);
    return program;
  }

  read(name: string): Float32Array {
    return this.valuesOf(name).slice();
  }

  write(name: string, values: Float32Array): void {
    const own = this.valuesOf(name);
    if (values.length !== own.length) throw new Error(`${name} has ${own.length} values, not ${values.length}.`);
    own.set(values);
  }

  dispose(): void {
    for (const { variable } of this.variables.values()) variable.dispose();
    this.variables.clear();
    this.programs.clear();
  }

  /**
   * Fills the guards around every array with a pattern.
   *
   * @returns a check that throws where a kernel has written over it
   */
  watchGuards(): () => void {
    const arrays = [...this.variables.values()].map(({ address, length }) => ({ address, bytes: length * 4 }));
    arrays.push(...[...this.programs].flatMap(program => program.arrays()));
    const guards = arrays.flatMap(({ address, bytes }) => [
      new Uint8Array(this.memory.buffer, address - this.guard, this.guard),
      new Uint8Array(this.memory.buffer, address + bytes, this.guard),
    ]);
    guards.forEach(guard => guard.fill(guardByte));
    return () => {
      const written = guards.findIndex(guard => guard.some(byte => byte !== guardByte));
      if (written >= 0) throw new Error(`A kernel wrote outside of the array at ${arrays[written >> 1].address}.`);
    };
  }

  private valuesOf(name: string): Float32Array {
    const known = this.variables.get(name);
    if (!known) throw new Error(`There is no variable ${name}.`);
    return new Float32Array(this.memory.buffer, known.address, known.length);
  }

  /** Memory that grows becomes another ArrayBuffer, so all views of it are made anew. */
  private allocate(bytes: number): number {
    const address = this.arena.allocate(bytes);
    const missing = this.arena.end - this.memory.buffer.byteLength;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / pageBytes));
      for (const program of this.programs) program.renewViews();
    }
    return address;
  }
}
