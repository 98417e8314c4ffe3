/** Records what a function written in tfjs does, without computing anything: a tfjs backend that only builds a graph. */
import * as tf from '@tensorflow/tfjs-core';
import './gradients';
import { MissingKernelError, type TensorSpec } from './engine';
import { Graph } from './graph';
import { knownType } from './kernel-arguments';
import { kernels, type Value } from './kernels';
import type { Node } from './operations';
import type { Shape } from './shapes';

const backendName = 'recording';

/** What a function does: its graph, what it returns, and what it assigns to variables, by name. */
export interface Recording {
  readonly graph: Graph;
  readonly outputs: ReadonlyMap<string, Node>;
  readonly assigned: ReadonlyMap<string, Node>;
}

/** A tensor's data is a node of the graph that is being recorded. */
class RecordingBackend extends tf.KernelBackend {
  graph = new Graph();
  /** The data ids of the variables that the recorded function may use. */
  variables: ReadonlySet<object> = new Set();
  private readonly values = new WeakMap<object, Value | { readonly variable: string }>();

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    if (Array.isArray(values)) throw new MissingKernelError('The compiled engine has no tensors of strings.');
    return this.hold({ node: this.graph.constant(values, shape), dtype: knownType(dtype) });
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
    // References are left to the garbage collector.
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
    // There is nothing to release.
  }
}

const backend = new RecordingBackend();
tf.registerBackend(backendName, () => backend);
for (const [kernelName, kernel] of Object.entries(kernels))
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      // tfjs calls a kernel with what `kernel_names` declares for it, and kernels.ts takes just that.
      const result = kernel(backend.graph, valuesOf(inputs) as never, (attrs ?? {}) as never);
      return Array.isArray(result) ? result.map(infoOf) : infoOf(result);
    },
  });

/** Inputs by name; those of Concat and others like it are a list, which tfjs passes as an array. */
function valuesOf(inputs: tf.NamedTensorInfoMap): Readonly<Record<string, Value>> | readonly Value[] {
  const named = Object.entries(inputs).flatMap(([name, info]) => (info ? [[name, backend.lookUp(info)] as const] : []));
  return Array.isArray(inputs) ? named.map(([, value]) => value) : Object.fromEntries(named);
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
 * Records `f` twice and compares: whatever is not an input must be the same in every run. Tests do so for every model;
 * recording takes most of the time of a compilation, so a run records only once.
 *
 * @throws Error if the two recordings differ: a random number or a counter would be frozen
 */
export function recordTwice(...how: Parameters<typeof record>): Recording {
  const recording = record(...how);
  const { keys, results } = contentOf(recording);
  const again = contentOf(record(...how));
  const differing = recording.graph.nodes.find((_, i) => keys[i] !== again.keys[i]);
  if (differing || keys.length !== again.keys.length || results !== again.results)
    throw new Error(
      'Two recordings of one function differ' +
        (differing ? ` (${differing.kind} of shape [${differing.shape.join()}])` : '') +
        ': it counts or draws random numbers itself. Make them inputs.',
    );
  return recording;
}

/** What has to be equal in two recordings of one function. */
function contentOf({ graph, outputs, assigned }: Recording): { keys: string[]; results: string } {
  const ids = [outputs, assigned].map(named => [...named].map(([name, { id }]) => [name, id]));
  return { keys: graph.keys(), results: JSON.stringify(ids) };
}

/**
 * Records what `f` does.
 *
 * @param variables by the engine's names; afterwards they have the data that they had before
 * @throws MissingKernelError naming the kernel
 */
export function record<I extends string>(
  f: (x: Record<I, tf.Tensor>) => Record<string, tf.Tensor>,
  inputs: Readonly<Record<I, TensorSpec>>,
  variables: ReadonlyMap<string, tf.Variable>,
): Recording {
  activate();
  const graph = (backend.graph = new Graph());
  const before = [...variables].map(([name, variable]) => ({ name, variable, dataId: variable.dataId }));
  backend.variables = new Set(before.map(({ dataId }) => dataId));
  let outputs = new Map<string, Node>();
  let assigned = new Map<string, Node>();
  const run = (): void => {
    const tensors = Object.entries<TensorSpec>(inputs).map(([name, { shape, dtype }]) => {
      const node = graph.input(name, shape, dtype === 'int32');
      return [name, tf.engine().makeTensorFromTensorInfo(infoOf({ node, dtype }))] as const;
    });
    const named: Record<string, tf.Tensor> = Object.fromEntries(tensors);
    const results = f(named);
    outputs = new Map(Object.entries(results).map(([name, tensor]) => [name, backend.lookUp(tensor).node]));
    const changed = before.filter(({ variable, dataId }) => variable.dataId !== dataId);
    assigned = new Map(changed.map(({ name, variable }) => [name, backend.lookUp(variable).node]));
  };
  try {
    tf.tidy(run);
  } catch (error) {
    const missing = /Kernel '(\w+)' not registered/.exec(error instanceof Error ? error.message : '');
    if (missing) throw new MissingKernelError(`The compiled engine has no kernel ${missing[1]}.`);
    throw error;
  } finally {
    for (const { variable, dataId } of before) variable.dataId = dataId;
  }
  return { graph, outputs, assigned };
}

/** From now on functions of tfjs are recorded, until another engine activates its own backend. */
function activate(): void {
  if (tf.getBackend() !== backendName) void tf.setBackend(backendName);
}
