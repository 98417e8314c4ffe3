import type { Engine, TensorSpec } from '../engine/engine';
import type { Cooperative } from '../makemore/generate';
import { leastActivations, type Net } from '../makemore/programs';
import { at } from '../shared/at';
import type { LeastActivations } from '../shared/inspection';
import { named } from '../shared/named';
import type { BatchInputs, ExampleSource } from './split-examples';

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
  const names = new Set<string>();
  const program = engine.compile(
    leastActivations(net, ({ name }) => names.add(name)),
    { x: inputs.x, padding: inputs.weights },
  );
  const [chunk, targets] = [at(inputs.x.shape, 0), at(inputs.y.shape, 0)];
  const batch: BatchInputs = {
    x: program.in.x,
    y: new Int32Array(targets),
    weights: new Float32Array(targets),
  };
  const least = new Map<string, Float32Array>();
  const rows = source.rowsOf('train') ?? 0;
  for (let start = 0; start < rows; start += chunk) {
    source.fill(batch, 'train', start);
    program.in.padding.set(batch.weights.map(weight => Number(weight === 0)));
    program.run();
    for (const name of names) {
      const now = named(program.out, name).map(Math.sqrt);
      const before = least.get(name);
      least.set(name, before ? before.map((value, i) => Math.min(value, at(now, i))) : now);
    }
    yield;
  }
  program.dispose();
  return { step, layers: [...least].map(([name, values]) => ({ name, least: values })) };
}
