import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { generateNames, type Cooperative } from '../../src/makemore/generate';
import { TorchGenerator } from '../../src/makemore/random';
import { at } from '../../src/shared/at';
import { watchNothing } from '../../src/shared/inspection';
import { presetById, withHyperparameters } from '../../src/shared/presets';
import { engineIds, type EngineId } from '../../src/shared/run';
import { defaultSampleRequest, type SamplerFamily } from '../../src/shared/sampling';
import { createRun, type Run } from '../../src/worker/create-run';
import { diagnose } from '../../src/worker/diagnose';
import { layerRows } from '../../webview/panels/layers/picture';
import { activation, layersAt } from '../../webview/panels/layers/quantity';
import { parameterNumbers } from '../../webview/panels/updates/picture';
import { predictorOf } from './small';

/** The lectures' names file is not part of the project: what needs it runs where it lies beside the checkout. */
const namesFile = '../shared/data/names.txt';
const names = existsSync(namesFile) ? readFileSync(namesFile, 'utf8') : undefined;

async function run(text: string, id: string, engine: EngineId = 'compiled'): Promise<Run> {
  return createRun(text, 'names.txt', presetById(id), engine);
}

function near(value: number, published: number, tolerance: number): void {
  ok(Math.abs(value - published) <= tolerance, `${value} instead of ${published}`);
}

function finish<T>(work: Cooperative<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

describe('published numbers', () => {
  // The vocabulary is the whole file's, so the five names need the other letters behind them.
  const fiveNames = ['emma', 'olivia', 'ava', 'isabella', 'sophia', 'abcdefghijklmnopqrstuvwxyz'].join('\n');
  for (const engine of engineIds)
    it(`mlp-five-words on ${engine}: 3,481 parameters; 17.7697, 1.738096 and 0.313774`, async () => {
      const { trainer, info } = await run(fiveNames, 'mlp-five-words', engine);
      strictEqual(info.parameterCount, 3481);
      strictEqual(info.examples.train, 32);
      const losses = Array.from({ length: 120 }, () => trainer.trainStep().loss);
      near(at(losses, 0), 17.7697, 5e-5);
      near(at(losses, 20), 1.738096, 2e-6);
      near(at(losses, 119), 0.313774, 2e-6);
      trainer.dispose();
    });

  if (!names) return it(`on names.txt (skipped: there is no ${namesFile})`);

  it('bigram-counts: 228,146 bigrams; NLL 2.454577, without smoothing 2.454014', async () => {
    const { trainer, counts, info } = await run(names, 'bigram-counts');
    strictEqual(counts.total, 228_146);
    const count = (bigram: string): number => {
      const tokens = Array.from(bigram, c => counts.tokens.indexOf(c));
      return at(counts.counts, at(tokens, 0) * counts.tokens.length + at(tokens, 1));
    };
    deepStrictEqual(['n.', 'a.', 'an'].map(count), [6763, 6640, 5438]);
    deepStrictEqual([info.names, info.examples.train], [32_033, 228_146]);
    strictEqual(counts.counts.filter(n => n > 0).length, 627, 'distinct bigrams');
    near(finish(trainer.evaluate('train'))!, 2.454577, 5e-7);
    trainer.smooth(0);
    near(finish(trainer.evaluate('train'))!, 2.454014, 5e-7);
  });

  const published: Record<SamplerFamily, string[]> = {
    cdf: ['mor', 'axx', 'minaymoryles', 'kondlaisah', 'anchshizarie'],
    exponential: ['cexze', 'momasurailezitynn', 'konimittain', 'llayn', 'ka'],
    'exponential-mkl': ['junide', 'janasah', 'p', 'cony', 'a'],
  };
  for (const [sampler, words] of Object.entries(published))
    it(`bigram-counts: the published names with the sampler ${sampler}`, async () => {
      const { trainer, vocabulary, origins } = await run(names, 'bigram-counts');
      const request = { ...defaultSampleRequest, count: 5, sampler: sampler as SamplerFamily };
      const drawn = finish(generateNames(request, finish(trainer.predictor(false)), vocabulary, origins));
      deepStrictEqual(
        drawn.words.map(word => word.text),
        words,
      );
    });

  for (const engine of engineIds)
    it(`bigram-net on ${engine}: 3.768619, 3.378807`, async () => {
      const { trainer } = await run(names, 'bigram-net', engine);
      near(trainer.trainStep().loss, 3.768619, 2e-6);
      near(trainer.trainStep().loss, 3.378807, 2e-6);
      trainer.dispose();
    });

  for (const engine of engineIds)
    it(`mlp-part2 on ${engine}: 11,897 parameters, 182,625 / 22,655 / 22,866 examples, 27.8817 at step 0`, async () => {
      const { trainer, info } = await run(names, 'mlp-part2', engine);
      strictEqual(info.parameterCount, 11_897);
      deepStrictEqual(info.examples, { train: 182_625, dev: 22_655, test: 22_866 });
      near(trainer.trainStep().loss, 27.8817, 5e-5);
      trainer.dispose();
    });

  for (const engine of engineIds)
    it(`mlp-part3-batchnorm on ${engine}: 12,097 parameters, 3.3239 at step 0`, async () => {
      const { trainer, info } = await run(names, 'mlp-part3-batchnorm', engine);
      strictEqual(info.parameterCount, 12_097);
      near(trainer.trainStep().loss, 3.3239, 5e-5);
      trainer.dispose();
    });

  it('deep-part3-batchnorm: 47,024 parameters, 3.2870 at step 0, the saturation of five layers after 1,001 steps', async () => {
    const { trainer, info } = await run(names, 'deep-part3-batchnorm', 'compiled');
    strictEqual(info.parameterCount, 47_024);
    near(trainer.trainStep().loss, 3.287, 5e-5);
    for (let i = 1; i < 1000; i++) trainer.trainStep();
    trainer.trainStep(true);
    const { layers, parameters } = diagnose(trainer);
    const percent = layers.map(({ saturated }) => (100 * saturated).toFixed(2));
    deepStrictEqual(percent, ['2.78', '2.56', '2.25', '1.69', '1.88']);
    near(parameters.at(-1)!.gradToData, 0.1160116, 2e-6);
    const look = trainer.inspect({ ...watchNothing, layers: true, updates: true });
    const shown = layerRows(layersAt('output', look.layers!), activation);
    deepStrictEqual(
      shown.map(([name, , , saturated]) => `${name} ${saturated}`),
      ['h1 2.78%', 'h2 2.56%', 'h3 2.25%', 'h4 1.69%', 'h5 1.88%'],
      'in the panel',
    );
    strictEqual(parameterNumbers(look.parameters!.at(-1)!)[3], '1.160e−1', 'in the panel');
    trainer.dispose();
  });

  it('evaluates whole splits to the same number as a plain computation', async () => {
    const small = names.split('\n').slice(0, 40).join('\n');
    const preset = withHyperparameters(presetById('mlp-part2'), { nHidden: 8 });
    const { trainer, vocabulary } = await createRun(small, 'names.txt', preset, 'tfjs-cpu');
    const predict = predictorOf(trainer);
    const { splitNames, createExamples } = await import('../../src/makemore/dataset');
    const splits = splitNames(small.split('\n'), preset, new TorchGenerator(0));
    for (const split of ['train', 'dev', 'test'] as const) {
      const { x, y, length } = createExamples(splits[split]!, vocabulary, 3);
      let nll = 0;
      for (let i = 0; i < length; i++) nll -= Math.log(at(predict(Array.from(x.slice(3 * i, 3 * i + 3))), at(y, i)));
      near(finish(trainer.evaluate(split))!, nll / length, 1e-5);
    }
    trainer.dispose();
  });
});
