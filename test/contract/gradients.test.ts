import { ok } from 'node:assert/strict';
import { interpret } from '../../src/engine/interpreter';
import { size } from '../../src/engine/shapes';
import { recordableVariable, recordTwice } from '../../src/engine/recording';
import { constant } from '../../src/makemore/models/initializers';
import { modelDefinitions } from '../../src/makemore/models';
import type { NamedSpec, NeuralModel } from '../../src/makemore/models/model';
import { watchedStep } from '../../src/makemore/programs';
import { TorchGenerator } from '../../src/makemore/random';
import { at } from '../../src/shared/at';
import { contextLength } from '../../src/shared/models';
import { named } from '../../src/shared/named';
import { neuralPresets, smallPreset } from './small';

const vocabSize = 5;
const rows = 6;
const step = 1e-5;

/** tfjs has no float64: the recorded step runs on the reference interpreter, whose differences do not drown in rounding. */
describe('every gradient agrees with central finite differences in float64', () => {
  for (const preset of neuralPresets)
    it(preset.id, () => {
      const model = modelDefinitions[preset.model] as NeuralModel;
      const { hyperparameters: h } = smallPreset(preset, { nHidden: 5 });
      const blockSize = contextLength(preset.model, h, ['ava']);
      const data = { vocabSize, blockSize };
      const specs = model.parameters(h, data);
      const state = model.state(h, data);
      const rest = ['exp_avg', 'exp_avg_sq'].flatMap(suffix =>
        specs.map(spec => ({ ...spec, name: `${spec.name}.${suffix}`, init: constant(0) })),
      );
      const all: readonly NamedSpec[] = [...specs, ...state, ...rest];
      const variables = new Map(all.map(({ name, shape }) => [name, recordableVariable(name, shape)]));
      const variable = (name: string) => named(Object.fromEntries(variables), name);
      const variablesOf = (some: readonly NamedSpec[]) =>
        Object.fromEntries(some.map(({ name }) => [name, variable(name)]));
      const moments = Object.fromEntries(
        specs.map(({ name }) => [name, { mean: variable(`${name}.exp_avg`), square: variable(`${name}.exp_avg_sq`) }]),
      );
      const net = { model, h, parameters: variablesOf(specs), state: variablesOf(state), moments };
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
      const gradients = interpret(graph.nodes, values);
      const gradientOf = (name: string): Float64Array => gradients.get(outputs.get(`${name}.grad`)!.id)!; // all are there
      const loss = outputs.get('loss')!; // every step has one
      const forward = graph.nodes.slice(0, 1 + graph.nodes.indexOf(loss));

      for (const { name, shape } of specs) {
        const gradient = gradientOf(name);
        const scale = Math.max(...gradient.map(Math.abs));
        for (const i of someOf(size(shape))) {
          const parameter = named(values, name);
          const before = at(parameter, i);
          const lossWith = (value: number): number => {
            parameter[i] = value;
            return at(interpret(forward, values).get(loss.id)!, 0);
          };
          const [above, below] = [lossWith(before + step), lossWith(before - step)];
          parameter[i] = before;
          const difference = (above - below) / (2 * step);
          const ours = at(gradient, i);
          ok(Math.abs(difference - ours) <= 1e-6 * Math.max(scale, 1e-3), `${name}[${i}]: ${ours}, not ${difference}`);
        }
      }
    });
});

/** Every element of a small parameter, 24 of a larger one: each takes two passes of the interpreter. */
function someOf(count: number): number[] {
  const taken = Math.min(24, count);
  return Array.from({ length: taken }, (_, k) => Math.floor((k * count) / taken));
}
