import type { Engine, TensorSpec } from '../engine/engine';
import type { Cooperative } from '../makemore/generate';
import type { BatchNorm } from '../makemore/nn';
import { observation, type Net } from '../makemore/programs';
import type { ExampleSource } from './split-examples';

/** The net with a second set of statistics, to be calibrated. */
export function withOwnStatistics(net: Net, engine: Engine): Net {
  const names = Object.keys(net.state);
  const copy = (name: string) => engine.variable(`${name}.calibrated`, net.state[name].shape, engine.read(name));
  return { ...net, state: Object.fromEntries(names.map(name => [name, copy(name)])) };
}

/**
 * Gives every BatchNorm the statistics of the whole train split, as part 3 calibrates them: one layer after the other,
 * since what a layer sees depends on the ones before it.
 *
 * @param net with statistics of its own
 */
export function* calibrate(
  net: Net,
  engine: Engine,
  source: ExampleSource,
  inputs: Record<'x' | 'weights', TensorSpec>,
): Cooperative<void> {
  const layers = new Map<string, { layer: BatchNorm; rowsPerExample: number }>();
  const program = engine.compile(
    observation(net, (layer, rowsPerExample) => layers.set(layer.mean, { layer, rowsPerExample })),
    inputs,
  );
  const batch = program.in as Record<'x' | 'y' | 'weights', Float32Array>;
  const chunk = inputs.weights.shape[0];
  const observe = (start: number): void => {
    source.fill({ ...batch, y: unused }, 'train', start);
    program.run();
  };
  const unused = new Float32Array(chunk);
  observe(0); // where tfjs runs op by op, the layers are known only now
  for (const { layer, rowsPerExample } of layers.values()) {
    const mean = new Float64Array(program.out[`${layer.mean}.mean`].length);
    const square = new Float64Array(mean.length);
    for (let start = 0; start < source.rowsOf('train')!; start += chunk) {
      observe(start);
      program.out[`${layer.mean}.mean`].forEach((v, i) => (mean[i] += v));
      program.out[`${layer.mean}.square`].forEach((v, i) => (square[i] += v));
      yield;
    }
    const count = source.counts.train * rowsPerExample;
    const variance = mean.map((m, i) => ((square[i] - m * m) * count) / (count - 1));
    const spread = layer.keeps === 'std' ? variance.map(Math.sqrt) : variance;
    engine.write(`${layer.mean}.calibrated`, Float32Array.from(mean));
    engine.write(`${layer.spread}.calibrated`, Float32Array.from(spread));
  }
  program.dispose();
}
