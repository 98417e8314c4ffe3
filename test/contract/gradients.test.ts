import { ok } from 'node:assert/strict';
import { interpret } from '../../src/engine/interpreter';
import { size } from '../../src/engine/operations';
import { record, recordableVariable } from '../../src/engine/recording';
import { models } from '../../src/makemore/models';
import type { NeuralModel, ParameterSpec } from '../../src/makemore/models/model';
import { watchedStep } from '../../src/makemore/programs';
import { Generator } from '../../src/makemore/random';
import { neuralPresets, smallPreset } from './small';

const vocabSize = 5;
const rows = 6;
const step = 1e-5;

/** tfjs has no float64: the recorded step runs on the reference interpreter, whose differences do not drown in rounding. */
describe('every gradient agrees with central finite differences in float64', () => {
  for (const preset of neuralPresets)
    it(preset.id, () => {
      const model = models[preset.model] as NeuralModel;
      const { hyperparameters: h } = smallPreset(preset, { nHidden: 5 });
      const specs = model.parameters(h, vocabSize);
      const state = model.state?.(h, vocabSize) ?? [];
      const variables = new Map([...specs, ...state].map(({ name, shape }) => [name, recordableVariable(name, shape)]));
      const named = (some: readonly ParameterSpec[]) =>
        Object.fromEntries(some.map(({ name }) => [name, variables.get(name)!]));
      const net = { model, h, parameters: named(specs), state: named(state) };
      const T = model.blockSize(h);
      const { graph, outputs } = record(
        watchedStep(net, () => undefined) as Parameters<typeof record>[0],
        {
          x: { shape: [rows, T], dtype: 'int32' },
          y: { shape: [rows], dtype: 'int32' },
          weights: { shape: [rows], dtype: 'float32' },
          learningRate: { shape: [], dtype: 'float32' },
        },
        variables,
      );

      const g = new Generator(3);
      const drawn = [...specs, ...state].map(({ name, shape, init }) => [name, Float64Array.from(init(g, shape))]);
      const values: Record<string, Float64Array> = Object.fromEntries(drawn) as Record<string, Float64Array>;
      const tokens = (count: number): Float64Array => Float64Array.from({ length: count }, () => g.randint(vocabSize));
      Object.assign(values, { x: tokens(rows * T), y: tokens(rows), learningRate: Float64Array.of(0.1) });
      values.weights = Float64Array.from({ length: rows }, (_, i) => (i + 1) / 21); // they need not be alike
      const run = (name: string): Float64Array => interpret(graph.nodes, values).get(outputs.get(name)!.id)!;

      for (const { name, shape } of specs) {
        const gradient = run(`${name}.grad`);
        const scale = Math.max(...gradient.map(Math.abs));
        for (let i = 0; i < size(shape); i++) {
          const before = values[name][i];
          const [above, below] = [step, -step].map(by => {
            values[name][i] = before + by;
            return run('loss')[0];
          });
          values[name][i] = before;
          const difference = (above - below) / (2 * step);
          ok(
            Math.abs(difference - gradient[i]) <= 1e-6 * Math.max(scale, 1e-3),
            `${name}[${i}]: ${gradient[i]}, not ${difference}`,
          );
        }
      }
    });
});
