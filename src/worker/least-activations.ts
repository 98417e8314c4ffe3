import type { Engine, TensorSpec } from '../engine/engine';
import type { Cooperative } from '../makemore/generate';
import { leastActivations, type Net } from '../makemore/programs';
import { at } from '../shared/at';
import type { LeastActivations } from '../shared/inspection';
import { emptyBatch, type ExampleSource } from './split-examples';

/**
 * The least |h| of every tanh neuron over the whole train split, in chunks, with running statistics as in evaluation.
 */
export function* leastActivationsOf(
  net: Net,
  engine: Engine,
  source: ExampleSource,
  inputs: Record<'x' | 'y' | 'weights', TensorSpec>,
  step: number,
): Cooperative<LeastActivations> {
  const program = engine.compile(leastActivations(net), { x: inputs.x, padding: inputs.weights });
  try {
    const batch = emptyBatch(inputs);
    const least = new Map<string, Float32Array>();
    const rows = source.rowsOf('train') ?? 0;
    for (let start = 0; start < rows; start += at(inputs.x.shape, 0)) {
      source.fill(batch, 'train', start);
      program.write('x', batch.x);
      program.write(
        'padding',
        Float32Array.from(batch.weights, weight => Number(weight === 0)),
      );
      program.run();
      for (const name of program.outputs()) {
        const now = program.read(name).map(Math.sqrt);
        const before = least.get(name);
        least.set(name, before ? before.map((value, i) => Math.min(value, at(now, i))) : now);
      }
      yield;
    }
    return { step, layers: [...least].map(([name, values]) => ({ name, least: values })) };
  } finally {
    program.dispose();
  }
}
