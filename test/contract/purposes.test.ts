import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { createExamples } from '../../src/makemore/dataset';
import { countedLosses } from '../../src/makemore/ngrams';
import { at } from '../../src/shared/at';
import { rangeTestSteps } from '../../src/shared/learning-rate';
import { presetById } from '../../src/shared/presets';
import { engineIds, type RunOptions } from '../../src/shared/run';
import { createVocabulary } from '../../src/shared/vocabulary';
import { createRun, type Run } from '../../src/worker/create-run';
import { leastLoss } from '../../src/worker/one-batch';
import { finish, lossesOf, names, neuralPresets, smallPreset } from './small';

function start(id: string, options: Partial<RunOptions>, changes = {}, text = names.join('\n')): Promise<Run> {
  return createRun(text, 'names.txt', smallPreset(presetById(id), changes), 'compiled', options);
}

describe('a learning-rate range test', () => {
  it('raises the rate from 0.001 to 1 in 1,000 steps, evenly in its exponent', async () => {
    const { trainer, info } = await start('mlp-part2', { purpose: 'rangeTest' });
    deepStrictEqual([trainer.maxSteps, info.purpose], [rangeTestSteps, 'rangeTest']);
    const rates = Array.from({ length: rangeTestSteps }, () => trainer.trainStep().learningRate);
    ok(Math.abs(at(rates, 0) - 0.001) < 1e-12 && Math.abs(rates.at(-1)! - 1) < 1e-12);
    ok(Math.abs(at(rates, 500) / at(rates, 499) - 10 ** (3 / 999)) < 1e-9);
  });

  it('goes through rates that fit the optimizer and the batch', async () => {
    for (const [id, first, last] of [
      ['makemore-bigram', 1e-5, 0.1],
      ['bigram-net', 1e-3, 1000],
    ] as const) {
      const { trainer } = await start(id, { purpose: 'rangeTest' }, { batchSize: id === 'bigram-net' ? 0 : 16 });
      const rates = Array.from({ length: rangeTestSteps }, () => trainer.trainStep().learningRate);
      ok(Math.abs(at(rates, 0) / first - 1) < 1e-9 && Math.abs(rates.at(-1)! / last - 1) < 1e-9, id);
    }
  });
});

describe('overfitting one batch', () => {
  for (const preset of neuralPresets.filter(({ model }) => model !== 'one-neuron'))
    it(`${preset.id} comes close to the least loss that its one batch allows`, async () => {
      const rate = 'weightDecay' in preset.hyperparameters ? { learningRate: 0.01 } : {};
      const { trainer, info } = await start(preset.id, { purpose: 'overfit' }, { nHidden: 64, nEmbd: 8, ...rate });
      const losses = lossesOf(trainer, 400);
      ok(info.floor !== undefined && info.floor >= 0);
      // a regularized net gives up some of its fit
      const more = 'regularization' in preset.hyperparameters ? 1 : 0.25;
      ok(losses.at(-1)! < info.floor + more, `${losses.at(-1)}, while the batch allows ${info.floor}`);
      ok(losses.at(-1)! > info.floor - 1e-4);
      trainer.dispose();
    });

  it('the five words of part 2 allow 0.2515, since "..." has five targets', () => {
    const { x, y, length } = createExamples(names, createVocabulary(names), 3);
    const batch = { x: Int32Array.from(x), y: Int32Array.from(y), weights: new Float32Array(length).fill(1 / length) };
    strictEqual(leastLoss(batch, 3, 1).toFixed(4), '0.2515');
    const bigrams = countedLosses(names, createVocabulary(names)).bigrams!;
    ok(
      Math.abs(leastLoss(batch, 3, 1, 1) - bigrams) < 1e-6,
      'what counting bigrams reaches, by the last character alone',
    );
  });

  it('a table that reads whole names is held to what its last characters allow', async () => {
    const { info, trainer } = await start('makemore-bigram', { purpose: 'overfit' }, { batchSize: 0 });
    const bigrams = countedLosses(names, createVocabulary(names)).bigrams!;
    ok(Math.abs(info.floor! - bigrams) < 1e-5, `${info.floor} ${bigrams}`);
    trainer.dispose();
  });
});

describe('batch statistics of the whole train split', () => {
  for (const id of ['mlp-part3-batchnorm', 'deep-part3-batchnorm', 'wavenet-part5', 'wavenet-part5-bug'])
    for (const engine of engineIds)
      it(`${id} on ${engine}: calibrated statistics are those of one batch of all examples`, async () => {
        const preset = smallPreset(presetById(id), { batchSize: 0, learningRate: 0.01, w2Scale: 1 });
        const { trainer, info } = await createRun(names.join('\n'), 'names.txt', preset, engine);
        ok(info.batchNorms > 0);
        lossesOf(trainer, 5);
        finish(trainer.calibrate());
        const calibrated = finish(trainer.evaluate('train', 'calibrated'))!;
        const running = finish(trainer.evaluate('train'))!;
        const { loss } = trainer.trainStep(); // in training the full batch is normalized by itself
        ok(Math.abs(calibrated - loss) < 1e-4 * loss, `${calibrated} instead of ${loss}`);
        ok(Math.abs(running - loss) > 1e-4 * loss, 'the running statistics lag behind');
        trainer.dispose();
      });
});

describe('the boundary character', () => {
  it('another boundary character gives the same losses, and lets names contain the usual one', async () => {
    const [dot, star] = await Promise.all([start('mlp-part2', {}), start('mlp-part2', { boundary: '*' })]);
    strictEqual(star.info.boundary, '*');
    deepStrictEqual(lossesOf(dot.trainer, 3), lossesOf(star.trainer, 3));
    const { info } = await start('mlp-part2', { boundary: '*' }, {}, 'st.john\nann');
    deepStrictEqual([info.names, info.vocabSize], [2, 9]);
    await rejects(start('mlp-part2', { boundary: 'a' }, {}, 'ann\nanna'), /boundary/);
  });

  it('every model trains on a vocabulary of 40 characters', async () => {
    const characters = Array.from({ length: 39 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    const text = characters.map((c, i) => c + at(characters, (i * 7) % 39) + at(characters, (i * 11) % 39)).join('\n');
    for (const { id } of neuralPresets) {
      const { trainer, info } = await start(id, {}, {}, text);
      strictEqual(info.vocabSize, 40);
      ok(lossesOf(trainer, 3).every(Number.isFinite));
      trainer.dispose();
    }
  });
});

describe('the smoothing curve of a counting model', () => {
  it('rises for train with more smoothing, and has its minimum for dev in between', async () => {
    const text = Array.from({ length: 300 }, (_, i) => at(names, i % 5).slice(i % 3) + 'aeiou'.charAt(i % 5)).join(
      '\n',
    );
    for (const id of ['bigram-counts', 'trigram-counts']) {
      const { smoothingCurve } = await createRun(text, 'names.txt', presetById(id), 'compiled');
      const { smoothing, train, dev } = smoothingCurve!;
      deepStrictEqual([smoothing[0], smoothing.at(-1)], [0.001, 1000]);
      train.slice(1).forEach((nll, i) => ok(nll >= at(train, i)));
      ok(Math.min(...dev) < dev.at(-1)!);
    }
  });
});
