import type { Engine, TensorSpec } from '../engine/engine';
import type { Cooperative } from '../makemore/generate';
import { leastActivations, type Net } from '../makemore/programs';
import type { LeastActivations } from '../shared/inspection';
import type { BatchInputs, ExampleSource } from './split-examples';

/**
 * The least |h| of every tanh neuron over the whole train split, in chunks: evaluation's way through the model, so with
 * running statistics.
 */
export function* leastActivationsOf(
  net: Net,
  engine: Engine,
  source: ExampleSource,
  inputs: Record<'x' | 'y' | 'weights', TensorSpec>,
  step: number,
): Cooperative<LeastActivations> {
  const names = new Set<string>();
  const program = engine.compile(
    leastActivations(net, ({ name }) => names.add(name)),
    { x: inputs.x, padding: inputs.weights },
  );
  const chunk = inputs.x.shape[0];
  const batch: BatchInputs = {
    x: program.in.x,
    y: new Int32Array(inputs.y.shape[0]),
    weights: new Float32Array(inputs.y.shape[0]),
  };
  const least = new Map<string, Float32Array>();
  for (let start = 0; start < source.rowsOf('train')!; start += chunk) {
    source.fill(batch, 'train', start);
    program.in.padding.set(batch.weights.map(weight => Number(weight === 0)));
    program.run();
    for (const name of names) {
      const squares = program.out[name];
      const before = least.get(name) ?? new Float32Array(squares.length).fill(Infinity);
      least.set(
        name,
        before.map((value, i) => Math.min(value, Math.sqrt(squares[i]))),
      );
    }
    yield;
  }
  program.dispose();
  return { step, layers: [...least].map(([name, values]) => ({ name, least: values })) };
}
