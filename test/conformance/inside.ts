/** The published numbers that the command line does not print, computed with the modules that it is made of. */
import { createExamples } from '../../src/makemore/dataset';
import { multinomial } from '../../src/makemore/multinomial';
import { nextProbabilities } from '../../src/makemore/ngrams';
import { TorchGenerator, PythonRandom } from '../../src/makemore/random';
import { at } from '../../src/shared/at';
import { readNames } from '../../src/reading/read-names';
import { countNgrams } from '../../src/shared/ngram-counts';
import { samplerFamilies } from '../../src/shared/sampling';
import { createVocabulary, encode } from '../../src/shared/vocabulary';
import pytorch from '../golden/random.json';

const lectureSeed = 2147483647;

/** @param text the names file */
export function numbersInside(text: string) {
  const { names } = readNames(text, 'names.txt');
  const vocabulary = createVocabulary(names);
  const bigrams = countNgrams(names, vocabulary, 2);
  const V = vocabulary.itos.length;
  const firstRow = nextProbabilities(bigrams, 0, [0]);
  return {
    bigrams: ['n.', 'a.', 'an'].map(bigram => {
      const tokens = encode(bigram, vocabulary);
      return at(bigrams.counts, at(tokens, 0) * V + at(tokens, 1));
    }),
    firstDraws: samplerFamilies.map(
      family => vocabulary.itos[multinomial(firstRow, new TorchGenerator(lectureSeed), family)],
    ),
    floorOfFiveWords: entropyOfNext(createExamples(names.slice(0, 5), vocabulary, 3)),
    random: compareRandom(),
  };
}

/** The lowest mean negative log-likelihood that any model can reach: a context with several targets leaves a doubt. */
function entropyOfNext({ length, blockSize, x, y }: ReturnType<typeof createExamples>): number {
  const examples = Array.from({ length }, (_, i) => {
    const context = x.slice(i * blockSize, (i + 1) * blockSize).join();
    return { context, target: at(y, i) };
  });
  const doubt = examples.map(({ context, target }) => {
    const alike = examples.filter(other => other.context === context);
    return Math.log(alike.length / alike.filter(other => other.target === target).length);
  });
  return doubt.reduce((sum, nats) => sum + nats, 0) / length;
}

/** How many draws differ from those of PyTorch and Python in random.json; for `randn`, by how much. */
function compareRandom() {
  let randn = 0;
  let uniform = 0;
  for (const theirs of pytorch.draws) {
    const g = new TorchGenerator(theirs.seed); // one for all draws: each must leave the generator as PyTorch leaves it
    const normals = (expected: readonly number[]): void => {
      const ours = g.randn(expected.length);
      randn = Math.max(randn, ...expected.map((v, i) => Math.abs(at(ours, i) - v)));
    };
    normals(theirs.randn27);
    normals(theirs.randn5);
    normals(theirs.randn4);
    uniform += theirs.rand8.filter(v => g.uniformFloat() !== v).length;
    normals(theirs.randn16);
    normals(theirs.randn40x5);
    uniform += theirs.randint.filter(v => g.randint(182_625) !== v).length;
    uniform += theirs.doubles.filter(v => g.uniformDouble() !== v).length;
  }
  const p = Float32Array.of(0.05, 0.3, 0, 0.4, 0.2, 0.05);
  const drawn = (['cdf', 'exponential'] as const).map(family => {
    const g = new TorchGenerator(lectureSeed);
    return pytorch.multinomial[family].filter(v => multinomial(p, g, family) !== v).length;
  });
  const shuffled = pytorch.shuffle.map(({ seed, n, items }) => {
    const ours = Array.from({ length: n }, (_, i) => i);
    new PythonRandom(seed).shuffle(ours);
    return items.filter((v, i) => ours[i] !== v).length;
  });
  return { randn, uniform, drawn, shuffled };
}
