import type { Engine } from '../engine/engine';
import type { DataSize, NamedSpec, NeuralModel } from '../makemore/models/model';
import { constant } from '../makemore/models/initializers';
import type { Net } from '../makemore/programs';
import type { TorchGenerator } from '../makemore/random';
import type { Hyperparameters } from '../shared/hyperparameters';
import { momentSuffixes } from '../store/checkpoint';

/** Everything that a step changes: its name in the engine, and its shape. */
export function variablesOf({ parameters, state, moments }: Net): { name: string; shape: number[] }[] {
  const own = Object.entries({ ...parameters, ...state }).map(([name, { shape }]) => ({ name, shape }));
  const remembered = Object.entries(moments).flatMap(([name, { mean, square }]) => [
    { name: `${name}${momentSuffixes.mean}`, shape: mean.shape },
    { name: `${name}${momentSuffixes.square}`, shape: square.shape },
  ]);
  return [...own, ...remembered];
}

/** A model's variables in an engine: its parameters as drawn, its state, and the moments of its optimizer. */
export function createNet(
  model: NeuralModel,
  h: Hyperparameters,
  data: DataSize,
  engine: Engine,
  g: TorchGenerator,
): Net {
  return netOf(model, h, data, ({ name, shape, init }) => engine.variable(name, shape, init(g, shape)));
}

/** @param create called for each variable in the order in which PyTorch draws them */
export function netOf(
  model: NeuralModel,
  h: Hyperparameters,
  data: DataSize,
  create: (spec: NamedSpec) => Net['parameters'][string],
): Net {
  const createAll = (specs: readonly NamedSpec[]) => Object.fromEntries(specs.map(spec => [spec.name, create(spec)]));
  const zeros = ({ name, shape }: NamedSpec, suffix: string) =>
    create({ name: `${name}${suffix}`, shape, init: constant(0) });
  const specs = model.parameters(h, data);
  const remembered = model.optimizer === 'adamw' ? specs : [];
  return {
    model,
    h,
    parameters: createAll(specs),
    state: createAll(model.state(h, data)),
    moments: Object.fromEntries(
      remembered.map(spec => [
        spec.name,
        { mean: zeros(spec, momentSuffixes.mean), square: zeros(spec, momentSuffixes.square) },
      ]),
    ),
  };
}
