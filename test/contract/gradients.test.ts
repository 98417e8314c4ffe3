import { ok } from 'node:assert/strict';
import { interpret } from '../../src/engine/interpreter';
import { size } from '../../src/engine/shapes';
import { recordableVariable, recordTwice } from '../../src/engine/recording';
import { constant } from '../../src/makemore/models/initializers';
import { models } from '../../src/makemore/models';
import type { NeuralModel, ParameterSpec } from '../../src/makemore/models/model';
import { watchedStep } from '../../src/makemore/programs';
import { TorchGenerator } from '../../src/makemore/random';
import { at } from '../../src/shared/at';
import { neuralPresets, smallPreset } from './small';

const vocabSize = 5;
const rows = 6;
const step = 1e-5;

/** tfjs has no float64: the recorded step runs on the reference interpreter, whose differences do not drown in rounding. */
describe('every gradient agrees with central finite differences in float64', () => {
  for (const preset of neuralPresets)
    it(`gradients of ${preset.id} are those of finite differences`, () => {
      const model = models[preset.model] as NeuralModel;
      const { hyperparameters: h } = smallPreset(preset, { nHidden: 5 });
      const blockSize = model.contextLength?.(h) ?? 4;
      const data = { vocabSize, blockSize };
      const specs = model.parameters(h, data);
      const state = model.state?.(h, data) ?? [];
      const rest = ['exp_avg', 'exp_avg_sq'].flatMap(suffix =>
        specs.map(spec => ({ ...spec, name: `${spec.name}.${suffix}`, init: constant(0) })),
      );
      const all: readonly ParameterSpec[] = [...specs, ...state, ...rest];
      const variables = new Map(all.map(({ name, shape }) => [name, recordableVariable(name, shape)]));
      const named = (some: readonly ParameterSpec[]) =>
        Object.fromEntries(some.map(({ name }) => [name, variables.get(name)!]));
      const moments = Object.fromEntries(
        specs.map(({ name }) => {
          const moment = (suffix: string) => variables.get(`${name}.${suffix}`)!; // made above
          return [name, { mean: moment('exp_avg'), square: moment('exp_avg_sq') }];
        }),
      );
      const net = { model, h, parameters: named(specs), state: named(state), moments };
      const targets = model.example === 'sequence' ? rows * blockSize : rows;
      const scalars = model.optimizer === 'sgd' ? ['learningRate'] : ['stepSize', 'rootCorrection', 'shrink'];
      const { graph, outputs } = recordTwice(
        watchedStep(net, () => undefined),
        {
          x: { shape: [rows, blockSize], dtype: 'int32' },
          y: { shape: [targets], dtype: 'int32' },
          weights: { shape: [targets], dtype: 'float32' },
          ...Object.fromEntries(scalars.map(name => [name, { shape: [], dtype: 'float32' } as const])),
        },
        variables,
      );

      const g = new TorchGenerator(3);
      const values: Record<string, Float64Array> = {};
      for (const { name, shape, init } of all) values[name] = Float64Array.from(init(g, shape));
      for (const name of scalars) values[name] = Float64Array.of(0.1);
      const tokens = (count: number): Float64Array => Float64Array.from({ length: count }, () => g.randint(vocabSize));
      values.x = tokens(rows * blockSize);
      values.y = tokens(targets);
      values.weights = Float64Array.from({ length: targets }, (_, i) => (i + 1) / 21); // they need not be alike
      if (model.example === 'sequence') values.y[2] = -1;
      const run = (name: string): Float64Array => interpret(graph.nodes, values).get(outputs.get(name)!.id)!;

      for (const { name, shape } of specs) {
        const gradient = run(`${name}.grad`);
        const scale = Math.max(...gradient.map(Math.abs));
        const own = values[name]!; // set above
        for (const i of someOf(size(shape))) {
          const before = at(own, i);
          const lossAt = (value: number): number => {
            own[i] = value;
            return at(run('loss'), 0);
          };
          const difference = (lossAt(before + step) - lossAt(before - step)) / (2 * step);
          own[i] = before;
          const slope = at(gradient, i);
          ok(
            Math.abs(difference - slope) <= 1e-6 * Math.max(scale, 1e-3),
            `${name}[${i}]: ${slope}, not ${difference}`,
          );
        }
      }
    });
});

/** Every element of a small parameter, 24 of a larger one: each takes two passes of the interpreter. */
function someOf(count: number): number[] {
  const taken = Math.min(24, count);
  return Array.from({ length: taken }, (_, k) => Math.floor((k * count) / taken));
}
