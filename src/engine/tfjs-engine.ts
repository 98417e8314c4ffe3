import * as tf from '@tensorflow/tfjs-core';
// Without these imports there are no backends, and no op knows its gradient.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { Engine, Program, TensorSpec } from './engine';

const backends = { 'tfjs-wasm': 'wasm', 'tfjs-cpu': 'cpu' } as const;

/** Plain tfjs, op by op: the oracle of every other engine. */
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
    // tfjs keeps names in one global table, in which a second engine could not have a W1; so they stay in ours.
    const variable = tf.tidy(() => tf.variable(tf.tensor(values.slice(), [...shape])));
    this.variables.set(name, variable);
    return variable as tf.Variable<R>;
  }

  compile<I extends string, O extends string>(
    f: (x: Record<I, tf.Tensor>) => Record<O, tf.Tensor>,
    inputs: Record<I, TensorSpec>,
  ): Program<I, O> {
    const specs = Object.entries<TensorSpec>(inputs) as [I, TensorSpec][];
    const buffers = Object.fromEntries(specs.map(([name, spec]) => [name, allocate(spec)])) as Program<I, O>['in'];
    const out = {} as Record<O, Float32Array>;
    const run = (): void => {
      this.activate();
      tf.tidy(() => {
        // A copy: the backends may keep the array, and the caller fills it anew.
        const tensors = specs.map(([name, { shape, dtype }]) => [
          name,
          tf.tensor(buffers[name].slice(), [...shape], dtype),
        ]);
        const results = f(Object.fromEntries(tensors) as Record<I, tf.Tensor>);
        for (const [name, tensor] of Object.entries<tf.Tensor>(results)) {
          out[name as O] = tensor.dataSync<'float32'>().slice();
          tensor.dispose(); // it may have been kept beyond the tidy
        }
      });
    };
    const print = (): string => `${this.id} calls tfjs op by op; only the compiled engine has a program to print.`;
    return { in: buffers, out, run, print, dispose: () => undefined };
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

  /** Two engines may live side by side (tests compare them). Once a backend is initialized, the switch is immediate. */
  private activate(): void {
    if (tf.getBackend() !== this.backend) void tf.setBackend(this.backend);
  }
}

function allocate({ shape, dtype }: TensorSpec): Float32Array | Int32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  return dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
}
