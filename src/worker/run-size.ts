/** How large the programs of a net are, from the model itself and before anything large exists. */
import { Blueprint } from '../engine/blueprint';
import type { DataSize, NeuralModel } from '../makemore/models/model';
import { adamWInputs } from '../makemore/optimizers';
import { evaluationLoss, watchedStep, type Net } from '../makemore/programs';
import type { Hyperparameters } from '../shared/hyperparameters';
import { netOf, variablesOf } from './net';
import { batchSpecs } from './split-examples';

/** The most rows that go through the model at once; a large vocabulary allows fewer. */
const mostRows = 1024;
const mostNumbersPerChunk = 2 ** 24;

/** How many targets an example has. */
function targetsOf({ example }: NeuralModel, blockSize: number): number {
  return example === 'sequence' ? blockSize : 1;
}

/** Rows that go through the model at once where a split is evaluated. */
export function chunkRowsOf(model: NeuralModel, { vocabSize, blockSize }: DataSize): number {
  const targets = targetsOf(model, blockSize);
  const rowNumbers = vocabSize * targets * (blockSize + 4);
  return Math.max(1, Math.floor(Math.min(mostRows / targets, mostNumbersPerChunk / rowNumbers)));
}

/** The optimizer's scalars at a step: its inputs besides the batch. */
export function scalarsAt({ optimizer }: NeuralModel, step: number, learningRate: number, weightDecay = 0) {
  const scalars: Readonly<Record<string, number>> =
    optimizer === 'sgd' ? { learningRate } : adamWInputs(step, learningRate, weightDecay);
  return scalars;
}

/** What the programs of a run take that is trained, evaluated, and looked into. */
export interface NetSize {
  /** Numbers that a step changes: parameters, state, and moments. */
  readonly variables: number;
  readonly parameters: number;
  /** Recorded ones, in all programs. */
  readonly operations: number;
  /** Bytes of all programs, which the compiled engine keeps side by side. */
  readonly planned: number;
  /** Bytes of the largest program, op by op. */
  readonly unplanned: number;
  /** Bytes of what a step shows that is looked into. */
  readonly shown: number;
  /** Elements computed in a training step. */
  readonly work: number;
}

/** To record a longer name takes as long as compiling it. */
const longestMeasured = 64;
const measuredLengths = [32, 64, 128] as const;

/** The size of a net that sees so many characters. */
export type SizeOfNet = (blockSize: number) => NetSize;

/**
 * Sizes for names longer than can be recorded at once follow from shorter ones: they grow at most like the square of the length.
 *
 * @param rows of a training step
 * @returns a function that throws a MissingKernelError if the model cannot be recorded
 */
export function sizesOfNet(model: NeuralModel, h: Hyperparameters, vocabSize: number, rows: number): SizeOfNet {
  const known = new Map<number, NetSize>();
  const measure: SizeOfNet = blockSize => {
    const size = known.get(blockSize) ?? measureNet(model, h, { vocabSize, blockSize }, rows);
    known.set(blockSize, size);
    return size;
  };
  return blockSize => {
    if (model.example === 'context' || blockSize <= longestMeasured) return measure(blockSize);
    const extrapolated = (field: keyof NetSize): number =>
      extrapolate(
        measuredLengths.map(length => [length, measure(length)[field]]),
        blockSize,
      );
    return {
      variables: extrapolated('variables'),
      parameters: extrapolated('parameters'),
      operations: extrapolated('operations'),
      planned: extrapolated('planned'),
      unplanned: extrapolated('unplanned'),
      shown: extrapolated('shown'),
      work: extrapolated('work'),
    };
  };
}

function measureNet(model: NeuralModel, h: Hyperparameters, data: DataSize, rows: number): NetSize {
  const blueprint = new Blueprint();
  try {
    const net = netOf(model, h, data, ({ name, shape }) => blueprint.variable(name, shape));
    const { watched, evaluation } = programsOf(net, data, rows, blueprint);
    const numbers = (tensors: readonly { readonly shape: readonly number[] }[]): number =>
      tensors.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
    return {
      variables: numbers(variablesOf(net)),
      parameters: numbers(Object.values(net.parameters)),
      // A step that nobody looks into is the same without what is shown.
      operations: 2 * watched.operations + evaluation.operations,
      planned: 2 * watched.planned - watched.outputs + evaluation.planned,
      unplanned: Math.max(watched.unplanned, evaluation.unplanned),
      shown: watched.outputs,
      work: watched.work,
    };
  } finally {
    blueprint.dispose();
  }
}

function programsOf(net: Net, data: DataSize, rows: number, blueprint: Blueprint) {
  const { model } = net;
  const targets = targetsOf(model, data.blockSize);
  const scalars = Object.keys(scalarsAt(model, 0, 0)).map(name => [name, { shape: [], dtype: 'float32' }] as const);
  const step = { ...batchSpecs(rows, data.blockSize, targets), ...Object.fromEntries(scalars) };
  const chunk = batchSpecs(chunkRowsOf(model, data), data.blockSize, targets);
  return {
    watched: blueprint.measure(
      watchedStep(net, () => undefined),
      step,
    ),
    evaluation: blueprint.measure(evaluationLoss(net), chunk),
  };
}

/** The parabola through all points, or the line through the last two where that is higher: rounding must not bend it down. */
function extrapolate(points: readonly (readonly [x: number, y: number])[], x: number): number {
  const lagrange = (some: typeof points): number =>
    some.reduce(
      (sum, [xi, y]) => sum + some.reduce((term, [xj]) => (xj === xi ? term : (term * (x - xj)) / (xi - xj)), y),
      0,
    );
  return Math.max(lagrange(points), lagrange(points.slice(1)));
}
