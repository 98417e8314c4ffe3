import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../src/shared/at';
import type { RunInfo, WatchedTensor } from '../../../../src/shared/run';
import { alignPlane } from '../../../../webview/panels/embedding/align-plane';
import { embeddingTable, embeddingTokens, pointKind } from '../../../../webview/panels/embedding/picture';
import { EmbeddingPlanes, planeSentence } from '../../../../webview/panels/embedding/plane';
import { letterKind } from '../../../../webview/panels/embedding/letters';
import { movesOf } from '../../../../webview/panels/embedding/moved';
import { nearestSentence } from '../../../../webview/panels/embedding/nearest-sentence';
import { nearestRows } from '../../../../webview/panels/embedding/neighbors';
import { principalAxes, project } from '../../../../webview/panels/embedding/principal-plane';

function tableOf(rows: readonly (readonly number[])[]): WatchedTensor {
  return { shape: [rows.length, at(rows, 0).length], values: Float32Array.from(rows.flat()) };
}

/** So many points on an ellipse with half axes 3 and 1, the longer one at 30 degrees, and what is added to each. */
function ellipse(...more: number[]): number[][] {
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  return Array.from({ length: 24 }, (_, i) => {
    const t = (2 * Math.PI * i) / 24;
    const [long, short] = [3 * Math.cos(t), Math.sin(t)];
    return [5 + cos * long - sin * short, -2 + sin * long + cos * short, ...more];
  });
}

function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  strictEqual(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++)
    ok(Math.abs(at(actual, i) - at(expected, i)) < tolerance, `${at(actual, i)} for ${at(expected, i)} at ${i}`);
}

/** All eigenvalues of a symmetric matrix, the largest first, by Jacobi's rotations: the plain way. */
function eigenvalues(matrix: number[][]): number[] {
  const a = matrix.map(row => [...row]);
  for (let sweep = 0; sweep < 60; sweep++)
    for (let p = 0; p < a.length; p++)
      for (let q = p + 1; q < a.length; q++) {
        const angle = Math.atan2(2 * at(at(a, p), q), at(at(a, p), p) - at(at(a, q), q)) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of a) [row[p], row[q]] = [c * at(row, p) + s * at(row, q), c * at(row, q) - s * at(row, p)];
        [a[p], a[q]] = [
          at(a, p).map((v, i) => c * v + s * at(at(a, q), i)),
          at(a, q).map((v, i) => c * v - s * at(at(a, p), i)),
        ];
      }
  return a.map((row, i) => at(row, i)).sort((x, y) => y - x);
}

function covariance({ shape: [n = 0, d = 0], values }: WatchedTensor): number[][] {
  const column = (i: number): number[] => Array.from({ length: n }, (_, row) => at(values, row * d + i));
  const centered = Array.from({ length: d }, (_, i) => {
    const mean = column(i).reduce((a, b) => a + b) / n;
    return column(i).map(value => value - mean);
  });
  return centered.map(a => centered.map(b => a.reduce((sum, value, row) => sum + value * at(b, row), 0)));
}

const numbers = fc.double({ min: -3, max: 3, noNaN: true });
const tables = fc
  .tuple(fc.integer({ min: 3, max: 14 }), fc.integer({ min: 2, max: 12 }))
  .chain(([n, d]) => fc.array(fc.array(numbers, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }))
  .map(tableOf);

describe('the principal plane', () => {
  it('has the axes of a tilted ellipse, the longer one first', () => {
    const { axes, shares } = principalAxes(tableOf(ellipse(0.5, 7)));
    near(at(axes, 0), [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6), 0, 0], 1e-6);
    near(at(axes, 1), [-Math.sin(Math.PI / 6), Math.cos(Math.PI / 6), 0, 0], 1e-6);
    near(shares, [0.9, 0.1], 1e-6);
  });

  it('holds as much of the variance as the two largest eigenvalues of the covariance', () => {
    fc.assert(
      fc.property(tables, table => {
        const all = eigenvalues(covariance(table));
        const total = all.reduce((a, b) => a + b, 0);
        const { axes, shares } = principalAxes(table);
        const held = total > 1e-9 ? (at(all, 0) + at(all, 1)) / total : shares[0] + shares[1];
        ok(Math.abs(shares[0] + shares[1] - held) < 1e-3, `${shares.join()} for ${held}`);
        const spread = project(table, { axes, shares }).reduce((sum, value) => sum + value * value, 0);
        ok(Math.abs(spread - total * (shares[0] + shares[1])) < 1e-6 * Math.max(1, total));
      }),
    );
  });

  it('is found by a few turns a frame while a wide table moves', () => {
    const tableAt = (step: number): WatchedTensor =>
      tableOf(
        Array.from({ length: 27 }, (_, i) =>
          Array.from({ length: 20 }, (_, j) => Math.sin(7 * i + i * j + j * j + 0.02 * step * Math.cos(i + 3 * j))),
        ),
      );
    let axes = principalAxes(tableAt(0));
    for (let step = 1; step <= 30; step++) {
      axes = principalAxes(tableAt(step), axes);
      const all = eigenvalues(covariance(tableAt(step)));
      const best = (at(all, 0) + at(all, 1)) / all.reduce((a, b) => a + b);
      ok(axes.shares[0] + axes.shares[1] > 0.99 * best, `${axes.shares.join()} for ${best} at ${step}`);
    }
  });

  it('is the same wherever it begins', () => {
    const table = tableOf(ellipse(1, 2));
    const plain = principalAxes(table);
    const elsewhere = principalAxes(
      tableOf(ellipse(1, 2).map(([x = 0, y = 0, z = 0, w = 0], i) => [y, x, z + i, w - i * i])),
    );
    const near = principalAxes(table, elsewhere);
    for (const axis of [0, 1])
      at(near.axes, axis).forEach((value, i) =>
        ok(Math.abs(value - at(at(plain.axes, axis), i)) < 1e-6, `${axis} ${i}`),
      );
  });

  it('knows points on a line, in one place, and of two dimensions', () => {
    const line = principalAxes(tableOf([1, 2, 3, 4].map(t => [t, -4 * t, 8 * t])));
    near(at(line.axes, 0), [1 / 9, -4 / 9, 8 / 9], 1e-6);
    near(line.shares, [1, 0], 1e-9);
    ok(Math.abs(at(line.axes, 0).reduce((sum, value, i) => sum + value * at(at(line.axes, 1), i), 0)) < 1e-9);
    const place = tableOf([1, 2, 3].map(() => [4, 5, 6]));
    deepStrictEqual(principalAxes(place).shares, [0, 0]);
    near(project(place, principalAxes(place)), new Float64Array(6), 1e-12);
    near(principalAxes(tableOf(ellipse())).shares, [0.9, 0.1], 1e-6);
  });
});

describe('a plane that is aligned with the one before', () => {
  const points = Float64Array.from(ellipse().flatMap(([x = 0, y = 0]) => [x - 5, y + 2]));
  const turned = (degrees: number, mirror: 1 | -1): Float64Array => {
    const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return points.map((_, i) => {
      const [x, y] = [at(points, i - (i % 2)), mirror * at(points, i - (i % 2) + 1)];
      return i % 2 === 0 ? c * x - s * y : s * x + c * y;
    });
  };

  it('turns back what was turned, negated or mirrored', () => {
    for (const degrees of [0, 30, 90, 180, 271])
      for (const mirror of [1, -1] as const) near(alignPlane(turned(degrees, mirror), points), points, 1e-9);
    near(
      alignPlane(
        points.map(v => -v),
        points,
      ),
      points,
      1e-9,
    ); // both signs flipped
    near(
      alignPlane(
        points.map((v, i) => (i % 2 === 0 ? -v : v)),
        points,
      ),
      points,
      1e-9,
    ); // one of them
    near(
      alignPlane(
        points.map((_, i) => at(points, i + 1 - 2 * (i % 2))),
        points,
      ),
      points,
      1e-9,
    ); // axes swapped
  });

  it('changes no distance, and leaves what has no direction', () => {
    const aligned = alignPlane(
      points,
      turned(77, -1).map((v, i) => v + Math.sin(i)),
    );
    const norms = (all: Float64Array): number[] => [0, 7, 20].map(i => Math.hypot(at(all, 2 * i), at(all, 2 * i + 1)));
    near(norms(aligned), norms(points), 1e-9);
    strictEqual(alignPlane(points, new Float64Array(points.length)), points);
  });

  it('lets nothing jump while one component overtakes the other', () => {
    const planes = new EmbeddingPlanes();
    let before: Float64Array | undefined;
    for (let step = 0; step <= 40; step++) {
      const stretch = 0.5 + step / 20; // the second axis of the ellipse, which becomes the first
      const rows = ellipse(0).map(([x = 0, y = 0, z = 0], i) => [x, stretch * 3 * y, z + Math.sin(i) / 10]);
      const { coordinates } = planes.next(tableOf(rows), 'components');
      before?.forEach((value, i) =>
        ok(Math.abs(value - at(coordinates, i)) < 0.6, `${value} to ${at(coordinates, i)} at ${step}`),
      );
      before = coordinates;
    }
  });
});

describe('the embedding', () => {
  it('is shown in two of its dimensions, too', () => {
    const table = tableOf([
      [1, 2, 3],
      [4, 6, 8],
    ]);
    const plane = new EmbeddingPlanes().next(table, [2, 0]);
    deepStrictEqual([...plane.coordinates], [3, 1, 8, 4]);
    near([plane.share], [34 / 50], 1e-6); // 25 + 9 of 9 + 16 + 25, squares of the differences
    ok(planeSentence(table, plane, [2, 0]).includes('68% of the variance of all 3'));
    const single = new EmbeddingPlanes().next(tableOf([[1], [3]]), [0, 1]);
    deepStrictEqual([[...single.coordinates], single.share], [[1, 0, 3, 0], 1]);
  });

  it('has a row for each character, and one for BLANK where there is one', () => {
    const info = (rows: number): RunInfo =>
      ({ characters: ['.', 'a', 'b'], parameters: [{ name: 'wte', shape: [rows, 4] }] }) as unknown as RunInfo;
    const kinds = (rows: number): string[] => embeddingTokens(info(rows)).map(({ kind }) => kind);
    deepStrictEqual(kinds(3), ['boundary', 'vowel', 'consonant']);
    deepStrictEqual(kinds(4), ['boundary', 'vowel', 'consonant', 'blank']);
    deepStrictEqual(
      embeddingTokens(info(4)).map(token => pointKind(token, false)),
      ['boundary', 'character', 'character', 'blank'],
    );
  });

  it('has neighbors as a plain computation finds them', () => {
    fc.assert(
      fc.property(tables, table => {
        const [n = 0, d = 0] = table.shape;
        const row = (i: number): number[] => Array.from(table.values.subarray(i * d, (i + 1) * d));
        const found = nearestRows(table, 1, 3);
        strictEqual(found.length, Math.min(3, n - 1));
        const all = Array.from({ length: n }, (_, i) => Math.hypot(...row(i).map((value, j) => value - at(row(1), j))));
        const others = all.filter((_, i) => i !== 1).sort((a, b) => a - b);
        found.forEach(({ row: other, distance }, i) => {
          ok(other !== 1 && Math.abs(at(all, other) - distance) < 1e-9 && Math.abs(at(others, i) - distance) < 1e-9);
        });
      }),
    );
  });
});

describe('how far an embedding has moved', () => {
  const rows = [
    [0, 0],
    [3, 4],
    [1, 1],
  ];
  const characters = ['.', 'a', 'b'];
  const info = { characters, parameters: [{ name: 'C', shape: [3, 2] }] } as unknown as RunInfo;
  const tokens = embeddingTokens(info);

  it('is measured in all dimensions, and unknown without the start', () => {
    deepStrictEqual(movesOf(tableOf(rows), tableOf([[0, 0], [0, 0], [1, 1]])), [0, 5, 0]); // prettier-ignore
    strictEqual(movesOf(tableOf(rows), undefined), undefined);
    strictEqual(movesOf(tableOf(rows), tableOf([[0, 0]])), undefined);
  });

  it('tells which neighbors are only the draw', () => {
    const sentence = (moves?: number[], chosen = 1): string =>
      nearestSentence(tokens, chosen, nearestRows(tableOf(rows), chosen, 2), moves);
    strictEqual(sentence(), 'Nearest to a: b, .');
    strictEqual(sentence([1, 2, 3]), 'Nearest to a: b, .');
    strictEqual(sentence([1, 2, 0]), 'Nearest to a: b, .. Still where they were drawn: b');
    match(sentence([1, 2, 0], 2), /b stands where it was drawn: no step has moved it\.$/);
  });

  it('is a column of the table', () => {
    const data = { name: 'C', tokens, table: tableOf(rows), points: new Float64Array(6), moves: [0, 5, 0] };
    deepStrictEqual(
      [...embeddingTable(data).rows].map(row => row[3]),
      ['0.000', '5.000', '0.000'],
    );
  });
});

describe('letters', () => {
  const kinds = (text: string): string[] => [...new Set(Array.from(text, letterKind))];
  it('are vowels and consonants in several scripts, with whatever stands above them', () => {
    deepStrictEqual(kinds('aeiouyéÅüøœıő'), ['vowel']);
    deepStrictEqual(kinds('bcdzñçßŁk'), ['consonant']);
    deepStrictEqual(kinds('аеёиоуыэюяїЄ'), ['vowel']);
    deepStrictEqual(kinds('бвгйжщьЎ'), ['consonant']);
    deepStrictEqual(kinds('αεηιουωάήώϊ'), ['vowel']);
    deepStrictEqual(kinds('βγδψς'), ['consonant']);
    deepStrictEqual(kinds(".-'7 山ק"), ['other']);
  });
});
