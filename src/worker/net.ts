import type { Engine } from '../engine/engine';
import type { DataSize, NeuralModel, ParameterSpec } from '../makemore/models/model';
import type { Net } from '../makemore/programs';
import type { TorchGenerator } from '../makemore/random';
import type { Hyperparameters } from '../shared/hyperparameters';
import { momentSuffixes } from '../store/checkpoint';

/** Everything that a step changes: what the engine calls it, and its shape. */
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
  const create = ({ name, shape, init }: ParameterSpec): Net['parameters'][string] =>
    engine.variable(name, shape, init(g, shape));
  const createAll = (specs: readonly ParameterSpec[]): Record<string, Net['parameters'][string]> =>
    Object.fromEntries(specs.map(spec => [spec.name, create(spec)]));
  const zeros = ({ name, shape }: ParameterSpec, suffix: string): Net['parameters'][string] =>
    create({ name: `${name}${suffix}`, shape, init: () => new Float32Array(shape.reduce((a, b) => a * b, 1)) });
  const specs = model.parameters(h, data);
  const moments = model.optimizer === 'adamw' ? specs : [];
  return {
    model,
    h,
    parameters: createAll(specs),
    state: createAll(model.state?.(h, data) ?? []),
    moments: Object.fromEntries(
      moments.map(spec => [
        spec.name,
        { mean: zeros(spec, momentSuffixes.mean), square: zeros(spec, momentSuffixes.square) },
      ]),
    ),
  };
}
