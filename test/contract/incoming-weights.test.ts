import { ok, strictEqual } from 'node:assert/strict';
import { at } from '../../src/shared/at';
import { watchNothing } from '../../src/shared/inspection';
import { presetById } from '../../src/shared/presets';
import type { Hyperparameters } from '../../src/shared/hyperparameters';
import type { RunInfo, WatchedTensor } from '../../src/shared/run';
import type { Trainer } from '../../src/worker/trainer';
import { feedOf, weightGroups, weightsInto } from '../../webview/panels/saturation/incoming-weights';
import { smallPreset, trainerOf } from './small';

const rowOf = ({ shape, values }: WatchedTensor, row: number): Float32Array => {
  const width = at(shape, shape.length - 1);
  return values.subarray(row * width, (row + 1) * width);
};

/** A model before its first step. */
interface Looked {
  readonly tensor: (name: string) => WatchedTensor;
  /** The character at a place of an example. */
  readonly x: (example: number, place: number) => number;
  /** Places that the model sees. */
  readonly T: number;
}

interface Case {
  readonly preset: string;
  readonly changes?: Hyperparameters;
  readonly layer: string;
  readonly feed: string;
  readonly labels: string;
  /** The matrix times the input, where that is normalized; else its tanh is the layer. */
  readonly product?: string;
  readonly bias?: string;
  /** Rows of an example. */
  readonly places?: number;
  /** What the weights of a group look at. */
  readonly input: (looked: Looked, label: string, example: number, place: number) => ArrayLike<number>;
}

const numberIn = (label: string): number => Number(/[−\d]+/.exec(label.replace(/h\d+/, ''))![0].replace('−', '-'));

const contextOf = ({ tensor, x, T }: Looked, label: string, example: number): Float32Array =>
  rowOf(tensor('C'), x(example, T + numberIn(label)));

const cases: readonly Case[] = [
  { preset: 'mlp-part2', layer: 'h', feed: 'W1', labels: '−2,−1', bias: 'b1', input: contextOf },
  {
    preset: 'mlp-part3-batchnorm',
    layer: 'h',
    feed: 'W1',
    labels: '−2,−1',
    product: 'bnmean_running.batch',
    input: contextOf,
  },
  {
    preset: 'deep-part3-batchnorm',
    changes: { batchNorm: 0 },
    layer: 'h1',
    feed: 'W1',
    labels: '−2,−1',
    bias: 'b1',
    input: contextOf,
  },
  {
    preset: 'deep-part3-batchnorm',
    layer: 'h2',
    feed: 'W2',
    labels: 'h1',
    product: 'running_mean2.batch',
    input: ({ tensor }, _, example) => rowOf(tensor('h1'), example),
  },
  {
    preset: 'wavenet-part5',
    layer: 'h1',
    feed: 'W1',
    labels: '1 of 2,2 of 2',
    product: 'running_mean1.batch',
    places: 2,
    input: ({ tensor, x }, label, example, place) => rowOf(tensor('C'), x(example, 2 * place + numberIn(label) - 1)),
  },
  {
    preset: 'wavenet-part5',
    layer: 'h2',
    feed: 'W2',
    labels: 'h1, 1 of 2,h1, 2 of 2',
    product: 'running_mean2.batch',
    input: ({ tensor }, label, example) => rowOf(tensor('h1'), 2 * example + numberIn(label) - 1),
  },
  {
    preset: 'wavenet-part5-flat',
    layer: 'h1',
    feed: 'W1',
    labels: '−4,−3,−2,−1',
    product: 'running_mean1.batch',
    input: contextOf,
  },
  {
    preset: 'makemore-mlp',
    layer: 'h',
    feed: 'mlp.0.weight',
    bias: 'mlp.0.bias',
    places: 9,
    labels: '−1,−2,−3,−4,−5,−6,−7,−8,−9',
    input: ({ tensor, x }, label, example, place) => {
      const seen = place + 1 + numberIn(label);
      const wte = tensor('wte');
      return rowOf(wte, seen < 0 ? at(wte.shape, 0) - 1 : x(example, seen));
    },
  },
  {
    preset: 'makemore-rnn',
    layer: 'h',
    feed: 'cell.xh_to_h.weight',
    bias: 'cell.xh_to_h.bias',
    places: 9,
    labels: 'character,h before',
    input: ({ tensor, x }, label, example, place) =>
      label === 'character'
        ? rowOf(tensor('wte'), x(example, place))
        : place === 0
          ? rowOf(tensor('start'), 0)
          : rowOf(tensor('h'), 9 * example + place - 1),
  },
  {
    preset: 'makemore-bow',
    layer: 'h',
    feed: 'context_block.mlp.c_fc.weight',
    labels: 'character',
    places: 9,
    bias: 'context_block.mlp.c_fc.bias',
    input: ({ tensor, x }, _, example, place) => {
      const embedded = (t: number): Float32Array =>
        rowOf(tensor('wte'), x(example, t)).map((v, i) => v + at(rowOf(tensor('wpe'), t), i));
      const seen = Array.from({ length: place + 1 }, (_, t) => embedded(t));
      return embedded(place).map((v, i) => v + seen.reduce((sum, e) => sum + at(e, i), 0) / seen.length);
    },
  },
];

const look = (trainer: Trainer): Looked => {
  const { batch } = trainer.inspect({ ...watchNothing, batch: true });
  const { shape, values } = batch!.x;
  const T = at(shape, 1);
  return {
    tensor: name => trainer.inspect({ ...watchNothing, tensors: [name] }).tensors[name]!,
    x: (example, place) => at(values, example * T + place),
    T,
  };
};

describe('the weights into a neuron', () => {
  for (const { preset, changes, layer, feed: parameter, labels, product, bias, places = 1, input } of cases)
    it(`weights into ${layer} of ${preset}, times what they look at, give the values of the layer`, async () => {
      const trainer = await trainerOf(smallPreset(presetById(preset), changes), 'compiled');
      const looked = look(trainer);
      const { parameters, blockSize } = trainer;
      const info = { parameters, blockSize } as unknown as RunInfo;
      const feed = feedOf(presetById(preset).model, layer)!;
      strictEqual(feed.parameter, parameter);
      for (const neuron of [0, 3, 7])
        for (const [example, place] of [
          [0, 0],
          [5, places - 1],
        ] as const) {
          const weights = weightsInto(looked.tensor(parameter), feed, neuron);
          const groups = weightGroups(weights, info, layer, feed);
          strictEqual(groups.map(({ label }) => label).join(), labels);
          let sum = bias === undefined ? 0 : at(looked.tensor(bias).values, neuron);
          for (const group of groups) {
            const from = input(looked, group.label, example, place);
            strictEqual(from.length, group.weights.length);
            group.weights.forEach((weight, i) => (sum += weight * at(from, i)));
          }
          const row = rowOf(looked.tensor(product ?? layer), example * places + place);
          const expected = product === undefined ? Math.tanh(sum) : sum;
          const has = at(row, neuron);
          ok(Math.abs(has - expected) < 1e-5, `neuron ${neuron}, example ${example}: ${has} ${expected}`);
        }
      trainer.dispose();
    });
});
