import type { Engine, TensorSpec } from '../engine/engine';
import type { Cooperative } from '../makemore/generate';
import type { BatchNorm } from '../makemore/nn';
import { observation, type Net } from '../makemore/programs';
import { at } from '../shared/at';
import { emptyBatch, type ExampleSource } from './split-examples';

/** The net with a second set of statistics, to be calibrated. */
export function withOwnStatistics(net: Net, engine: Engine): Net {
  const copies = Object.entries(net.state).map(([name, { shape }]) => {
    return [name, engine.variable(`${name}.calibrated`, shape, engine.read(name))] as const;
  });
  return { ...net, state: Object.fromEntries(copies) };
}

/**
 * Gives every BatchNorm the statistics of the whole train split, as part 3 does: one layer after the other, since what a
 * layer sees depends on the ones before it.
 *
 * @param net with statistics of its own
 */
export function* calibrate(
  net: Net,
  engine: Engine,
  source: ExampleSource,
  inputs: Record<'x' | 'y' | 'weights', TensorSpec>,
): Cooperative<void> {
  const layers = new Map<string, { layer: BatchNorm; rowsPerExample: number }>();
  const program = engine.compile(
    observation(net, (layer, rowsPerExample) => layers.set(layer.mean, { layer, rowsPerExample })),
    { x: inputs.x, weights: inputs.weights },
  );
  try {
    const chunk = at(inputs.weights.shape, 0);
    const batch = emptyBatch(inputs);
    const observe = (start: number): void => {
      source.fill(batch, 'train', start);
      program.write('x', batch.x);
      program.write('weights', batch.weights);
      program.run();
    };
    const rows = source.rowsOf('train') ?? 0;
    observe(0); // an engine that runs op by op knows the layers only now
    for (const { layer, rowsPerExample } of layers.values()) {
      const mean = new Float64Array(program.read(`${layer.mean}.mean`).length);
      const square = new Float64Array(mean.length);
      for (let start = 0; start < rows; start += chunk) {
        observe(start);
        addTo(mean, program.read(`${layer.mean}.mean`));
        addTo(square, program.read(`${layer.mean}.square`));
        yield;
      }
      const count = source.counts.train * rowsPerExample;
      const variance = mean.map((m, i) => ((at(square, i) - m * m) * count) / (count - 1));
      const spread = layer.keeps === 'std' ? variance.map(Math.sqrt) : variance;
      engine.write(`${layer.mean}.calibrated`, Float32Array.from(mean));
      engine.write(`${layer.spread}.calibrated`, Float32Array.from(spread));
    }
  } finally {
    program.dispose();
  }
}

/** sums += values, element by element: in bounds, since they are equally long. */
function addTo(sums: Float64Array, values: Float32Array): void {
  values.forEach((v, i) => (sums[i]! += v));
}
