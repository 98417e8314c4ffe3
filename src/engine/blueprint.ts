import type { Rank, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { TensorSpec } from './engine';
import { fuse } from './fuse';
import type { Node } from './operations';
import { planMemory } from './plan';
import { record, recordableVariable } from './recording';
import { size } from './shapes';
import { simplify } from './simplify';

/** What a program would take. */
export interface ProgramSize {
  /** Operations that are recorded: compiling them takes memory of its own. */
  readonly operations: number;
  /** Bytes that the compiled engine plans for its arrays. */
  readonly planned: number;
  /** Bytes of every array that tfjs makes, op by op: it lets go of them when a step ends. */
  readonly unplanned: number;
  /** Bytes of what it outputs. */
  readonly outputs: number;
  /** Multiplications and other elements computed in a run. */
  readonly work: number;
}

/** Measures programs before they are made: nothing in it has values, so that nothing in it takes memory. */
export class Blueprint {
  private readonly variables = new Map<string, Variable>();

  /** A variable that only has a shape. @throws Error if the name is taken */
  variable<R extends Rank>(name: string, shape: readonly number[]): Variable<R> {
    if (this.variables.has(name)) throw new Error(`There is a variable ${name} already.`);
    const variable = recordableVariable(name, shape);
    this.variables.set(name, variable);
    return variable as Variable<R>;
  }

  /**
   * @param f as for `Engine.compile`
   * @throws MissingKernelError naming what the function needs and the compiled engine lacks
   */
  measure<I extends string>(
    f: (x: Record<I, Tensor>) => Record<string, Tensor>,
    inputs: Record<I, TensorSpec>,
  ): ProgramSize {
    const recording = record(f, inputs, this.variables);
    const { nodes } = recording.graph;
    const simplified = simplify(recording);
    const ofInputs = simplified.nodes.filter(node => node.kind === 'input');
    return {
      operations: nodes.length,
      planned: planMemory(fuse(simplified), ofInputs, 0).bytes,
      unplanned: sum(nodes.filter(isComputed), bytesOf),
      outputs: sum([...recording.outputs.values()], bytesOf),
      work: sum(simplified.nodes.filter(isComputed), workOf),
    };
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
  }
}

/** Whether an operation makes an array: the others look at one in another way. */
function isComputed({ kind }: Node): boolean {
  return kind !== 'variable' && kind !== 'reshape' && kind !== 'broadcast' && kind !== 'transpose' && kind !== 'slice';
}

function bytesOf({ shape }: Node): number {
  return size(shape) * 4;
}

function workOf(node: Node): number {
  return node.kind === 'product' ? size(node.shape) * (node.inputs[0].shape.at(-1) ?? 1) : size(node.shape);
}

function sum(nodes: readonly Node[], f: (node: Node) => number): number {
  return nodes.reduce((total, node) => total + f(node), 0);
}
