import * as tf from '@tensorflow/tfjs-core';
// Without these imports there are no backends, and no op knows its gradient.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import './gradients';
import type { Engine, Program, TensorSpec } from './engine';
import { readOutput, writeInput } from './inputs-outputs';
import { size } from './shapes';

tf.enableProdMode(); // which only keeps it from advertising another backend on stderr

const backends = { 'tfjs-wasm': 'wasm', 'tfjs-cpu': 'cpu' } as const;

/** Plain tfjs, op by op: the reference for the compiled engine. */
export async function createTfjsEngine(id: keyof typeof backends): Promise<Engine> {
  const backend = backends[id];
  if (!(await tf.setBackend(backend))) throw new Error(`The ${id} engine does not start on this machine.`);
  await tf.ready();
  return new TfjsEngine(id, backend);
}

class TfjsEngine implements Engine {
  readonly flavor: string;
  private readonly variables = new Map<string, tf.Variable>();

  constructor(
    readonly id: keyof typeof backends,
    private readonly backend: string,
  ) {
    this.flavor = id;
  }

  variable<R extends tf.Rank>(name: string, shape: readonly number[], values: Float32Array): tf.Variable<R> {
    if (this.variables.has(name)) throw new Error(`There is a variable ${name} already.`);
    this.activate();
    // tfjs has one global table of names, in which a second engine could not have a W1: names stay in our own one.
    const variable = tf.tidy(() => tf.variable(tf.tensor(values.slice(), [...shape])));
    this.variables.set(name, variable);
    return variable as tf.Variable<R>;
  }

  compile<I extends string, O extends string>(
    f: (x: Record<I, tf.Tensor>) => Record<O, tf.Tensor>,
    inputs: Record<I, TensorSpec>,
  ): Program<I, O> {
    const given = Object.entries<TensorSpec>(inputs).map(([name, spec]) => ({ name, spec, buffer: allocate(spec) }));
    const buffers = new Map<string, Float32Array | Int32Array>(given.map(({ name, buffer }) => [name, buffer]));
    const out = new Map<O, Float32Array>();
    const run = (): void => {
      this.activate();
      tf.tidy(() => {
        const tensors: Record<string, tf.Tensor> = {};
        // Copies: the backends may keep an array, and the caller fills it again.
        for (const { name, spec, buffer } of given)
          tensors[name] = tf.tensor(buffer.slice(), [...spec.shape], spec.dtype);
        const results = f(tensors);
        for (const name in results) {
          const tensor = results[name];
          out.set(name, tensor.dataSync<'float32'>().slice());
          tensor.dispose(); // it may have been kept beyond the tidy
        }
      });
    };
    const print = (): string => `${this.id} calls tfjs op by op; only the compiled engine has a program to print.`;
    return {
      write: (input, values) => writeInput(buffers, input, values),
      read: output => readOutput(out, output),
      outputs: () => [...out.keys()],
      run,
      print,
      dispose: () => undefined,
    };
  }

  read(name: string): Float32Array {
    this.activate();
    return this.find(name).dataSync<'float32'>().slice();
  }

  write(name: string, values: Float32Array): void {
    this.activate();
    const variable = this.find(name);
    tf.tidy(() => variable.assign(tf.tensor(values.slice(), variable.shape)));
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
    this.variables.clear();
  }

  private find(name: string): tf.Variable {
    const variable = this.variables.get(name);
    if (!variable) throw new Error(`There is no variable ${name}.`);
    return variable;
  }

  /** Several engines may exist side by side, as in tests that compare them. An initialized backend is active at once. */
  private activate(): void {
    if (tf.getBackend() !== this.backend) void tf.setBackend(this.backend);
  }
}

function allocate({ shape, dtype }: TensorSpec): Float32Array | Int32Array {
  return dtype === 'int32' ? new Int32Array(size(shape)) : new Float32Array(size(shape));
}
