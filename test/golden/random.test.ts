import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { multinomial } from '../../src/makemore/multinomial';
import { TorchGenerator, PythonRandom } from '../../src/makemore/random';
import { at } from '../../src/shared/at';
import { samplerFamilies } from '../../src/shared/sampling';

interface Draws {
  readonly seed: number;
  readonly randn27: number[];
  readonly randn5: number[];
  readonly randn4: number[];
  readonly rand8: number[];
  readonly randn16: number[];
  readonly randn40x5: number[];
  readonly randint: number[];
  readonly doubles: number[];
}
interface Golden {
  readonly draws: Draws[];
  readonly multinomial: Record<'cdf' | 'exponential', number[]>;
  readonly shuffle: { seed: number; n: number; items: number[] }[];
}

const golden = JSON.parse(readFileSync('test/golden/random.json', 'utf8')) as Golden;

describe("PyTorch's random numbers", () => {
  for (const expected of golden.draws) {
    it(`a generator seeded ${expected.seed} draws the same numbers of every kind, one kind after another`, () => {
      const g = new TorchGenerator(expected.seed);
      close(g.randn(27), expected.randn27);
      close(g.randn(5), expected.randn5);
      close(g.randn(4), expected.randn4);
      deepStrictEqual(
        expected.rand8.map(() => g.uniformFloat()),
        expected.rand8,
      );
      close(g.randn(16), expected.randn16);
      close(g.randn(200), expected.randn40x5);
      deepStrictEqual(
        expected.randint.map(() => g.randint(182625)),
        expected.randint,
      );
      deepStrictEqual(
        expected.doubles.map(() => g.uniformDouble()),
        expected.doubles,
      );
    });
  }

  for (const family of ['cdf', 'exponential'] as const)
    it(`multinomial draws the same indices with the sampler ${family}`, () => {
      const p = Float32Array.of(0.05, 0.3, 0, 0.4, 0.2, 0.05);
      const g = new TorchGenerator(2147483647);
      deepStrictEqual(
        golden.multinomial[family].map(() => multinomial(p, g, family)),
        golden.multinomial[family],
      );
    });

  it('every family draws each index about as often as its probability says, and never an impossible one', () => {
    const p = Float32Array.of(0.1, 0, 0.6, 0.3);
    for (const family of samplerFamilies) {
      const g = new TorchGenerator(1);
      const seen = [0, 0, 0, 0];
      for (let i = 0; i < 10_000; i++) seen[multinomial(p, g, family)]! += 1; // an index of p
      strictEqual(seen[1], 0);
      // Five standard deviations of a binomial count of 10,000 draws.
      p.forEach((v, i) =>
        ok(Math.abs(at(seen, i) - 10_000 * v) <= 5 * Math.sqrt(10_000 * v * (1 - v)), `${family}: ${seen.join()}`),
      );
    }
  });
});

describe("Python's random", () => {
  for (const { seed, n, items } of golden.shuffle)
    it(`shuffles ${n} items into the same order after seed ${seed}`, () => {
      const ours = Array.from({ length: n }, (_, i) => i);
      new PythonRandom(seed).shuffle(ours);
      deepStrictEqual(ours, items);
    });
});

/** randn agrees within 2e-6: the last bit of the logarithm and the cosine differ. */
function close(ours: Float32Array, theirs: readonly number[]): void {
  strictEqual(ours.length, theirs.length);
  theirs.forEach((v, i) => ok(Math.abs(at(ours, i) - v) <= 2e-6, `element ${i}: ${ours[i]} instead of ${v}`));
}
