import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../../src/shared/at';
import type { DataSummary, Walk, WalkPass } from '../../../../../src/shared/inspection';
import { presetById } from '../../../../../src/shared/presets';
import type { RunInfo } from '../../../../../src/shared/run';
import { idle, type RunState } from '../../../../../src/shared/run-state';
import { layOutStrip } from '../../../../../webview/draw/matrix/strip-layout';
import {
  distributionOf,
  distributionRows,
  likelySentence,
} from '../../../../../webview/panels/predictions/distribution';
import { characterLosses, lossOfName, worstPlace } from '../../../../../webview/panels/predictions/name-losses';
import { contextAt, probeOf, setProbe } from '../../../../../webview/panels/parts/probe';
import type { Settings } from '../../../../../webview/panels/parts/settings';
import { formOf, stationRows, stationsOf } from '../../../../../webview/panels/predictions/stations';

const characters = ['.', 'a', 'e', 'm'];

function stateOf(preset: string, blockSize: number): RunState {
  const info = { characters, boundary: '.', vocabSize: 4, blockSize, parameters: [{ name: 'C', shape: [4, 2] }] };
  return { ...idle, preset: presetById(preset), info: info as unknown as RunInfo };
}

/** Every row of probabilities is another one. */
function walkOf(text: string, position: number, passes: readonly WalkPass[] = []): Walk {
  const rows = [...text, '.'].map((_, i) => [0.1, 0.2 + i / 100, 0.3, 0.4 - i / 100]);
  const probs = { shape: [rows.length, 4], values: Float32Array.from(rows.flat()) };
  return { text, position, probs, logits: Float32Array.of(1, 2, 3, 4), passes };
}

function settingsOf(values: Record<string, string | number>): Settings {
  return {
    get: <T>(key: string, fallback: T): T => (typeof values[key] === typeof fallback ? (values[key] as T) : fallback),
    set: (key, value) => (values[key] = value as string),
  };
}

describe('the name that goes through the model', () => {
  it('is the first one of the file at its end, unless told', () => {
    const state = { ...idle, data: { first: 'emma' } as DataSummary };
    deepStrictEqual(probeOf(state, settingsOf({})), { text: 'emma', position: 4 });
    deepStrictEqual(probeOf(state, settingsOf({ position: 9 })), { text: 'emma', position: 4 });
    const shared = settingsOf({});
    setProbe(shared, { text: 'añ😀o', position: 3 });
    deepStrictEqual(probeOf(state, shared), { text: 'añ😀o', position: 3 });
    deepStrictEqual(probeOf(state, settingsOf({ probe: '' })), { text: '', position: 0 });
  });

  it('is seen through a window, or whole', () => {
    const probe = { text: 'emma', position: 2 };
    deepStrictEqual(contextAt(stateOf('mlp-part2', 3), probe), ['.', 'e', 'm']);
    deepStrictEqual(contextAt(stateOf('mlp-part2', 3), { ...probe, position: 4 }), ['m', 'm', 'a']);
    deepStrictEqual(contextAt(stateOf('bigram-counts', 1), { ...probe, position: 0 }), ['.']);
    deepStrictEqual(contextAt(stateOf('makemore-rnn', 16), probe), ['.', 'e', 'm']);
  });
});

describe('the losses of a name', () => {
  it('are those of its characters and of the boundary behind them', () => {
    const losses = characterLosses(walkOf('em', 0), characters);
    const expected = [0.3, 0.39, 0.1];
    losses.forEach(({ probability, loss }, i) => {
      ok(
        Math.abs(probability - at(expected, i)) < 1e-6 && Math.abs(loss + Math.log(at(expected, i))) < 1e-6,
        `at ${i}`,
      );
    });
    deepStrictEqual(
      losses.map(({ character }) => character),
      ['e', 'm', '.'],
    );
    ok(Math.abs(lossOfName(losses) + Math.log(0.3 * 0.39 * 0.1) / 3) < 1e-6);
    strictEqual(worstPlace(losses), 2);
  });

  it('are infinite where nothing was expected, and have no worst where they are no numbers', () => {
    const walk = walkOf('em', 0);
    walk.probs.values[2] = 0;
    const losses = characterLosses(walk, characters);
    deepStrictEqual([at(losses, 0).loss, lossOfName(losses), worstPlace(losses)], [Infinity, Infinity, 0]);
    walk.probs.values[2] = NaN;
    strictEqual(worstPlace(characterLosses(walk, characters)), undefined);
  });
});

describe('what may follow', () => {
  const { info } = stateOf('mlp-part2', 3);

  it('is the row of the place, and what does follow is marked', () => {
    const { probs, target } = distributionOf(walkOf('em', 1), info!);
    deepStrictEqual([...probs], [...Float32Array.of(0.1, 0.21, 0.3, 0.39)]);
    strictEqual(target, 3);
    strictEqual(distributionOf(walkOf('em', 2), info!).target, 0);
  });

  it('is told, the likeliest first', () => {
    const told = likelySentence(distributionOf(walkOf('em', 0), info!));
    strictEqual(
      told,
      'Most likely: “m” .400, “e” .300, “a” .200, “.” .100; what follows, “e”, has 0.3000, place 2 of 4',
    );
    deepStrictEqual(at(distributionRows(distributionOf(walkOf('em', 0), info!)), 2), ['e', '3.0000', '0.3000']);
    const { logits: _, ...counted } = walkOf('em', 0);
    deepStrictEqual(at(distributionRows(distributionOf(counted, info!)), 2), ['e', '–', '0.3000']);
  });
});

describe('the stations of a forward pass', () => {
  const pass = (name: string, kind: WalkPass['kind'], shape: number[]): WalkPass => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i - 4);
    return { name, kind, shape, values };
  };

  it('have a row for each vector, with the characters that it has seen', () => {
    const passes = [pass('emb', 'embedding', [4, 3]), pass('x1', 'concatenation', [2, 6]), pass('h2', 'tanh', [1, 5])];
    const stations = stationsOf(stateOf('wavenet-part5', 4), walkOf('emma', 3, passes));
    deepStrictEqual(
      stations.map(({ rows }) => rows.map(({ label }) => label)),
      [['.', 'e', 'm', 'm'], ['.e', 'mm'], ['.emm']],
    );
    deepStrictEqual([...at(at(stations, 1).rows, 1).values], [2, 3, 4, 5, 6, 7]);
    deepStrictEqual(
      stations.map(({ limit }) => limit),
      [7, 7, 1],
    );
    strictEqual(at([...stationRows(stations)], 1).join('|'), 'emb|e|(4, 3)|−1.00 0.00 1.00');
  });

  it('are vectors without labels where the context lies side by side', () => {
    const walk = walkOf('em', 1, [pass('embcat', 'concatenation', [6])]);
    const { rows } = at(stationsOf(stateOf('mlp-part2', 3), walk), 0);
    deepStrictEqual(
      rows.map(({ label }) => label),
      [''],
    );
    strictEqual(at(rows, 0).values.length, 6);
  });

  it('show of attention what each head looks at from the place', () => {
    const attention = pass('h.0.attn', 'attention', [2, 5, 5]);
    const { rows, limit } = at(stationsOf(stateOf('makemore-transformer', 5), walkOf('emma', 2, [attention])), 0);
    const from = (head: number): number[] => [0, 1, 2].map(column => head * 25 + 2 * 5 + column - 4);
    deepStrictEqual(
      rows.map(({ values }) => [...values]),
      [from(0), from(1)],
    );
    strictEqual(limit, 1);
  });

  it('can be drawn where others of the same form were', () => {
    const form = (position: number): string =>
      formOf(stationsOf(stateOf('mlp-part2', 3), walkOf('emma', position, [pass('emb', 'embedding', [3, 2])])));
    strictEqual(form(2), form(2));
    ok(form(2) !== form(3));
  });
});

describe('a strip', () => {
  it('has room for all cells, in lines that fit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 40, max: 1200 }), (count, width) => {
        const { perLine, lines, cell } = layOutStrip(count, width);
        ok(perLine * lines >= count && perLine * (lines - 1) < count);
        ok(perLine * cell <= Math.max(width, cell));
        ok(cell >= 5 && cell <= 12);
      }),
    );
    deepStrictEqual(layOutStrip(200, 268), { perLine: 50, lines: 4, cell: 5 });
    ok(layOutStrip(10, 0).perLine > 0); // before it has a place
  });
});
