import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import type { Batch, Inspection, LayerLook } from '../../../../../src/shared/inspection';
import { presetById } from '../../../../../src/shared/presets';
import { idle, type RunState } from '../../../../../src/shared/run-state';
import { activationRows } from '../../../../../webview/panels/parts/activation-rows';
import { chooseSaturation, watchOfSaturation } from '../../../../../webview/panels/saturation/choice';
import { SaturationLooks } from '../../../../../webview/panels/saturation/look';
import { cellSentence, imageCaption } from '../../../../../webview/panels/saturation/sentences';
import type { Settings } from '../../../../../webview/panels/parts/settings';
import { contexts, info, names, tensor, upTo } from '../tanh-layers';

describe('sentences about saturation', () => {
  const seen = (batch: Batch, shape: number[], values: readonly number[]) => {
    const h = tensor(shape, values);
    return { name: 'h1', h, activations: activationRows(h, batch), batch, info };
  };

  it('tell a value by its context, the group in it, or its place in a name', () => {
    const flat = seen(contexts, [2, 1], [0.5, -0.995]);
    strictEqual(cellSentence(flat, { row: 1, column: 0 }, 0.99), 'Neuron 0, abcd → .: h = −0.9950, saturated.');
    const grouped = seen(contexts, [2, 2, 1], [0.5, 0.1, 0.2, 0.3]);
    strictEqual(
      cellSentence(grouped, { row: 2, column: 0 }, 0.99),
      'Neuron 0, abcd (at ab) → .: h = 0.2000, not saturated.',
    );
    const named = seen(
      names,
      [6, 1],
      upTo(6).map(i => i / 10),
    );
    match(cellSentence(named, { row: 1, column: 0 }, 0.99), /^Neuron 0, \.a → b: h = 0\.1000/);
    match(cellSentence(named, { row: 4, column: 0 }, 0.99), /^Neuron 0, \.c → \.: h = 0\.4000/);
  });

  it('tell what the rows are, and what is left out', () => {
    const caption = (batch: Batch, shape: number[]): string => {
      const count = shape.reduce((a, b) => a * b);
      return imageCaption(activationRows(tensor(shape, upTo(count)), batch), batch);
    };
    strictEqual(caption(contexts, [2, 3]), 'Rows: 2 examples. Columns: 3 neurons.');
    match(caption(contexts, [2, 2, 3]), /^Rows: 2 examples, 2 groups of characters each\./);
    match(
      caption(names, [6, 1]),
      /^Rows: 5 characters of 2 names \(what follows a name’s end is left out\)\. Columns: 1 neuron\./,
    );
    match(caption({ ...contexts, rows: 4000 }, [4000, 1]), /^Rows: the first 2 of 4,000 examples\./);
  });
});

describe('what is looked at for saturation', () => {
  const settingsOf = (values: Record<string, string | number | boolean>): Settings => ({
    get: (key, fallback) => (values[key] ?? fallback) as typeof fallback,
    set: () => undefined,
  });
  const layer = (name: string, kind: LayerLook['kind']): LayerLook =>
    ({ name, kind, shape: [2, 3] }) as unknown as LayerLook;
  const matrices = ['W1', 'W2'].map(name => ({ name, shape: [3, 3] }));
  const runInfo = { ...info, parameters: matrices };
  const state = (inspection: Partial<Inspection>): RunState => ({
    ...idle,
    preset: presetById('deep-part3-batchnorm'),
    info: runInfo,
    inspection: { step: 1, ahead: false, tensors: {}, ...inspection },
  });
  const layers = [layer('hpreact1', 'preactivation'), layer('h1', 'tanh'), layer('h2', 'tanh')];

  it('is known once the layers are', () => {
    deepStrictEqual(watchOfSaturation(chooseSaturation(idle, settingsOf({}))).tensors, []);
    const choice = chooseSaturation(state({ layers }), settingsOf({}));
    deepStrictEqual(
      [choice.layer, choice.layers, choice.threshold, choice.neuron],
      ['h1', ['h1', 'h2'], 0.99, undefined],
    );
    deepStrictEqual(watchOfSaturation(choice), { layers: true, batch: true, tensors: ['h1'] });
  });

  it('is the layer and the neuron that were chosen, where there are such', () => {
    const chosen = chooseSaturation(state({ layers }), settingsOf({ layer: 'h2', neuron: 2, threshold: 0.5 }));
    deepStrictEqual(watchOfSaturation(chosen).tensors, ['h2', 'W2']);
    const other = chooseSaturation(state({ layers }), settingsOf({ layer: 'h', neuron: 3 }));
    deepStrictEqual(watchOfSaturation(other).tensors, ['h1']);
  });

  it('stays in sight until the chosen layer is seen, and goes with its run', () => {
    const looks = new SaturationLooks();
    const question = { ...chooseSaturation(state({ layers }), settingsOf({})) };
    const h = tensor([2, 3], upTo(6));
    strictEqual(looks.update(state({ layers }), question), undefined);
    const first = looks.update(state({ layers, batch: contexts, tensors: { h1: h } }), question);
    strictEqual(first?.layer.name, 'h1');
    strictEqual(looks.update(state({ layers, batch: contexts }), { ...question, layer: 'h2' }), first);
    const lower = looks.update(state({ layers, batch: contexts, tensors: { h1: h } }), { ...question, threshold: 0.1 });
    ok(lower !== first && lower!.threshold === 0.1);
    strictEqual(looks.update({ ...state({}), info: { ...runInfo } }, question), undefined);
  });
});
