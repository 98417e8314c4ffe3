/** Records what a function written in tfjs does, without computing anything: a tfjs backend that takes notes. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { TensorSpec } from './engine';
import { Graph, keyOf } from './graph';
import { kernels, MissingKernelError, type DataType, type Value } from './kernels';
import type { Node, Shape } from './operations';

const backendName = 'recording';

/** What a function does: its graph, what it gives back, and what it assigns to variables, by name. */
export interface Recording {
  readonly graph: Graph;
  readonly outputs: ReadonlyMap<string, Node>;
  readonly assigned: ReadonlyMap<string, Node>;
}

/** Tensors are references to nodes of the graph that is being recorded. */
class RecordingBackend extends tf.KernelBackend {
  graph = new Graph();
  /** What the recorded function may use besides its inputs. */
  variables: ReadonlySet<object> = new Set();
  private readonly values = new WeakMap<object, Value | { readonly variable: string }>();

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.hold({ node: this.graph.constant(values as Float32Array, shape), dtype: dtype as DataType });
  }

  hold(value: Value | { readonly variable: string }): object {
    const dataId = {};
    this.values.set(dataId, value);
    return dataId;
  }

  lookUp({ dataId, shape }: tf.TensorInfo): Value {
    const value = this.values.get(dataId);
    const isKnown = value && ('node' in value ? this.graph.holds(value.node) : this.variables.has(dataId));
    if (!isKnown)
      throw new Error('A recorded function uses a tensor that was made outside of it: make it an input or a variable.');
    if ('node' in value) return { ...value, node: this.graph.reshape(value.node, shape) };
    return { node: this.graph.variable(value.variable, shape), dtype: 'float32' };
  }

  override read(): never {
    return this.readSync();
  }

  override readSync(): never {
    throw new Error('A recorded function reads the values of a tensor, which are not known yet.');
  }

  override disposeData(): boolean {
    return true;
  }

  override incRef(): void {
    // The garbage collector counts.
  }

  override refCount(): number {
    return 1;
  }

  override numDataIds(): number {
    return 0;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    // It holds nothing.
  }
}

const backend = new RecordingBackend();
tf.registerBackend(backendName, () => backend);
for (const [kernelName, kernel] of Object.entries(kernels))
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const values = Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, valueOf(info)]));
      const result = kernel(backend.graph, values, attrs ?? {});
      return Array.isArray(result) ? result.map(infoOf) : infoOf(result);
    },
  });

/** Concat and its like have a list of inputs, which tfjs passes as one. */
function valueOf(info: tf.TensorInfo | tf.TensorInfo[] | undefined): Value {
  return backend.lookUp(info as tf.TensorInfo);
}

function infoOf(value: Value): tf.TensorInfo {
  return { dataId: backend.hold(value), shape: [...value.node.shape], dtype: value.dtype };
}

/** A variable that stands for the engine's memory while functions are recorded. */
export function recordableVariable(name: string, shape: Shape): tf.Variable {
  activate();
  const info = { dataId: backend.hold({ variable: name }), shape: [...shape], dtype: 'float32' as const };
  return tf.tidy(() => tf.variable(tf.engine().makeTensorFromTensorInfo(info)));
}

/**
 * Records `f` twice and compares: what is not an input must not change between two runs. Tests do so for every model;
 * recording takes most of the time of a compilation, so a run records once.
 *
 * @throws Error where the two recordings differ: a random or counted constant would be frozen
 */
export function recordTwice(...how: Parameters<typeof record>): Recording {
  const [first, second] = [record(...how), record(...how)];
  const keys = second.graph.nodes.map(keyOf);
  const differing = first.graph.nodes.find((node, i) => keyOf(node) !== keys[i]);
  const results = [first, second].map(({ outputs, assigned }) =>
    JSON.stringify([outputs, assigned].map(named => [...named].map(([name, { id }]) => [name, id]))),
  );
  if (differing || keys.length !== first.graph.nodes.length || results[0] !== results[1])
    throw new Error(
      'Two recordings of one function differ' +
        (differing ? ` (${differing.operation.kind} of shape [${differing.shape.join()}])` : '') +
        ': it counts or draws random numbers itself. Make them inputs.',
    );
  return first;
}

/**
 * Records what `f` does.
 *
 * @param variables by the engine's names; they are as before when it returns
 * @throws MissingKernelError naming the kernel
 */
export function record(
  f: (x: Record<string, tf.Tensor>) => Record<string, tf.Tensor>,
  inputs: Readonly<Record<string, TensorSpec>>,
  variables: ReadonlyMap<string, tf.Variable>,
): Recording {
  activate();
  const graph = (backend.graph = new Graph());
  const before = new Map([...variables].map(([name, variable]) => [name, variable.dataId]));
  backend.variables = new Set(before.values());
  let outputs = new Map<string, Node>();
  let assigned = new Map<string, Node>();
  const run = (): void => {
    const tensors = Object.entries(inputs).map(([name, { shape, dtype }]) => {
      const node = graph.input(name, shape, dtype === 'int32');
      return [name, tf.engine().makeTensorFromTensorInfo(infoOf({ node, dtype }))] as const;
    });
    const results = f(Object.fromEntries(tensors));
    outputs = new Map(Object.entries(results).map(([name, tensor]) => [name, backend.lookUp(tensor).node]));
    const changed = [...variables].filter(([name, variable]) => variable.dataId !== before.get(name));
    assigned = new Map(changed.map(([name, variable]) => [name, backend.lookUp(variable).node]));
  };
  try {
    tf.tidy(run);
  } catch (error) {
    const missing = /Kernel '(\w+)' not registered/.exec(error instanceof Error ? error.message : '');
    if (missing) throw new MissingKernelError(`The compiled engine has no kernel ${missing[1]}.`);
    throw error;
  } finally {
    for (const [name, variable] of variables) variable.dataId = before.get(name)!;
  }
  return { graph, outputs, assigned };
}

/** Functions of tfjs are recorded from now on, until another engine makes its own backend the active one. */
function activate(): void {
  if (tf.getBackend() !== backendName) void tf.setBackend(backendName);
}
