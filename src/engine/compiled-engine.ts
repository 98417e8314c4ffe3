import type { Rank, Tensor, Variable } from '@tensorflow/tfjs-core';
import { CompiledProgram } from './compiled-program';
import type { SimdFlavor } from './emit/instructions';
import { detectSimd } from './emit/wasm';
import type { Engine, Program, TensorSpec } from './engine';
import { fuse } from './fuse';
import { Arena } from './memory';
import { size } from './shapes';
import { planMemory } from './plan';
import { record, recordableVariable, recordTwice } from './recording';
import { simplify } from './simplify';

export interface CompiledEngineOptions {
  /** The instructions to use; by default the best that this machine has. */
  readonly simd?: SimdFlavor | undefined;
  /** Bytes around every array that no kernel may write to: tests check them. */
  readonly guard?: number;
  /** Whether every function is recorded twice, to check that it does the same each time. */
  readonly verify?: boolean;
}

/** In the engine's memory: the address in bytes, the length in elements. */
interface EngineVariable {
  readonly variable: Variable;
  readonly address: number;
  readonly length: number;
}

const pageBytes = 65_536;
/** Four of them are NaN as float32 and -1 as int32: a kernel that read them would be noticed. */
const guardByte = 0xff;

/**
 * Records a function written in tfjs once, and runs it as WebAssembly with vector instructions.
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
  private readonly variables = new Map<string, EngineVariable>();
  private readonly programs = new Set<CompiledProgram>();

  /** @throws Error if the machine has no vector instructions */
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

  compile<I extends string, O extends string>(
    f: (x: Record<I, Tensor>) => Record<O, Tensor>,
    inputs: Record<I, TensorSpec>,
  ): Program<I, O> {
    const variables = new Map([...this.variables].map(([name, { variable }]) => [name, variable]));
    const simplified = simplify(this.record(f, inputs, variables));
    const fused = fuse(simplified);
    const ofInputs = simplified.nodes.filter(node => node.kind === 'input');
    const plan = planMemory(fused, ofInputs, this.guard);
    const begin = this.allocate(plan.bytes);
    const program = new CompiledProgram({
      fused,
      plan,
      inputs,
      begin,
      memory: this.memory,
      simd: this.simd,
      variableAddress: name => this.find(name).address,
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
   * @returns a check that throws if a kernel has overwritten it
   */
  watchGuards(): () => void {
    const arrays = [...this.variables.values()].map(({ address, length }) => ({ address, bytes: length * 4 }));
    arrays.push(...[...this.programs].flatMap(program => program.arrays()));
    const guards = arrays.flatMap(({ address, bytes }) =>
      [address - this.guard, address + bytes].map(begin => ({
        address,
        guard: new Uint8Array(this.memory.buffer, begin, this.guard).fill(guardByte),
      })),
    );
    return () => {
      const written = guards.find(({ guard }) => guard.some(byte => byte !== guardByte));
      if (written) throw new Error(`A kernel wrote outside of the array at ${written.address}.`);
    };
  }

  private valuesOf(name: string): Float32Array {
    const { address, length } = this.find(name);
    return new Float32Array(this.memory.buffer, address, length);
  }

  /** @throws Error where there is no such variable */
  private find(name: string): EngineVariable {
    const known = this.variables.get(name);
    if (!known) throw new Error(`There is no variable ${name}.`);
    return known;
  }

  /** Memory that grows becomes another ArrayBuffer, so every view of it has to be renewed. */
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
