import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { at } from '../../../../src/shared/at';
import type { Walk, WalkPass } from '../../../../src/shared/inspection';
import { nodeAt } from '../../../../webview/draw/points/tree-layout';
import { attentionHeads, habitOf, lookSentence } from '../../../../webview/panels/attention/heads';
import { nodeSentence, treeLevels } from '../../../../webview/panels/tree/levels';

const walk = (text: string, passes: WalkPass[]): Walk => ({
  text,
  position: text.length,
  passes,
  probs: { shape: [0, 0], values: new Float32Array(0) },
});

describe('attention', () => {
  // Two heads over five places, of which a name of two characters uses three.
  const T = 5;
  const value = (head: number, row: number, column: number): number => 100 * head + 10 * row + column;
  const values = Float32Array.from({ length: 2 * T * T }, (_, i) =>
    value(Math.floor(i / T ** 2), Math.floor(i / T) % T, i % T),
  );
  const pass: WalkPass = { name: 'h.0.attn', kind: 'attention', shape: [2, T, T], values };
  const block: WalkPass = { name: 'h.0', kind: 'block', shape: [4], values: new Float32Array(4) };

  it('is cut to the boundary and the characters of the name, head by head', () => {
    const heads = attentionHeads(walk('ab', [pass, block, pass]));
    deepStrictEqual(
      heads.map(({ layer, head }) => [layer, head]),
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
    );
    deepStrictEqual([...at(heads, 1).weights], [100, 101, 102, 110, 111, 112, 120, 121, 122]);
  });

  it('tells the habit of a head, where it has one', () => {
    const head = (column: (row: number) => number) => ({
      layer: 0,
      head: 0,
      weights: Float32Array.from({ length: 16 }, (_, i) => Number(i % 4 === column(Math.floor(i / 4)))),
    });
    strictEqual(
      habitOf(
        head(row => row),
        4,
      ),
      'itself',
    );
    strictEqual(
      habitOf(
        head(row => row - 1),
        4,
      ),
      'the one before',
    );
    strictEqual(
      habitOf(
        head(() => 0),
        4,
      ),
      'the beginning',
    );
    strictEqual(habitOf({ ...head(() => 0), weights: new Float32Array(16).fill(0.25) }, 4), undefined);
    match(
      lookSentence(
        head(row => row - 1),
        ['.', 'a', 'b', 'c'],
        9,
      ),
      /“b” \(2\) looks at “a” \(1\) with 100\.0%/,
    );
    match(
      lookSentence(
        head(row => row),
        ['.', 'a'],
        1,
      ),
      /cannot look at “a” \(1\), which comes later/,
    );
  });
});

describe('the tree of a WaveNet', () => {
  const of = (name: string, kind: WalkPass['kind'], ...shape: number[]): WalkPass => {
    const length = shape.reduce((product, n) => product * n, 1);
    return { name, kind, shape, values: Float32Array.from({ length }, (_, i) => (i % 2 === 0 ? i : -i)) };
  };
  const levels = treeLevels(
    walk('ab', [
      of('emb', 'embedding', 4, 3),
      of('x1', 'concatenation', 2, 6),
      of('hpreact1', 'preactivation', 2, 5),
      of('h1', 'tanh', 2, 5),
      of('x2', 'concatenation', 1, 10),
      of('h2', 'tanh', 1, 5),
    ]),
    4,
  );

  it('has fewer vectors level by level, each with the characters that it has seen', () => {
    deepStrictEqual(
      levels.map(({ nodes }) => nodes.map(({ from, to }) => [from, to])),
      [
        [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 4],
        ],
        [
          [0, 2],
          [2, 4],
        ],
        [[0, 4]],
      ],
    );
    strictEqual(at(levels, 1).stations, 'x1 (2, 6) → hpreact1 (2, 5) → h1 (2, 5)');
    strictEqual(at(at(levels, 1).nodes, 1).size, (5 + 6 + 7 + 8 + 9) / 5);
    match(nodeSentence(at(levels, 1), 1, ['.', '.', 'a', 'b']), /vector 2 of 2 has seen “ab”, 2 characters; .* 7\.00/);
  });

  it('finds the vector under a point', () => {
    const picture = { characters: ['.', '.', 'a', 'b'], levels, chosen: undefined };
    deepStrictEqual(nodeAt(picture, 400, 399, 45), [0, 3]);
    deepStrictEqual(nodeAt(picture, 400, 250, 110), [1, 1]);
    deepStrictEqual(nodeAt(picture, 400, 10, 900), [2, 0]);
  });
});
