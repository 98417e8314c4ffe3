import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { at } from '../../src/shared/at';
import { watchNothing } from '../../src/shared/inspection';
import { presetById, withHyperparameters } from '../../src/shared/presets';
import { defaultSampleRequest } from '../../src/shared/sampling';
import { endless, Subject, text } from './worker-subject';

describe('the worker thread', () => {
  let subject: Subject;
  afterEach(() => subject.dispose());

  it('keeps nobody waiting that leaves when it has ended', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    await subject.dispose();
    const start = performance.now();
    await subject.leave();
    ok(performance.now() - start < 1000);
  });

  it('sends the model, then the counts, then losses', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    const types = subject.events.map(event => event.type);
    deepStrictEqual(types.slice(0, 5), ['started', 'counts', 'described', 'status', 'losses']);
  });

  it('pauses between two steps, steps singly, resumes and stops', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    subject.post({ type: 'pause' });
    const paused = await subject.status('paused');
    strictEqual(subject.losses().length, paused.step, 'every loss was told');

    subject.post({ type: 'step' });
    strictEqual((await subject.status('paused')).step, paused.step + 1);
    strictEqual(subject.losses().length, paused.step + 1);

    subject.post({ type: 'resume' });
    await subject.next('losses');
    subject.post({ type: 'stop' });
    const stopped = await subject.status('stopped');
    const { evaluation } = await subject.next('evaluated', event => event.evaluation.train !== undefined);
    strictEqual(evaluation.step, stopped.step);
    subject.post({ type: 'resume' });
    subject.post({ type: 'sample', request: defaultSampleRequest });
    strictEqual((await subject.next('sampled')).samples.step, stopped.step, 'a stopped run stays where it is');
  });

  it('evaluates the names that it holds out, and the test names of a lecture only when they are asked for', async () => {
    subject = new Subject(endless);
    subject.post({ type: 'stop' });
    const atTheEnd = await subject.next('evaluated', event => event.evaluation.train !== undefined);
    deepStrictEqual(Object.keys(atTheEnd.evaluation), ['step', 'train', 'dev']);
    subject.post({ type: 'evaluateTest' });
    const asked = await subject.next('evaluated');
    deepStrictEqual(Object.keys(asked.evaluation), ['step', 'test']);
    ok(typeof asked.evaluation.test === 'number');
    subject.dispose();

    subject = new Subject(withHyperparameters(presetById('makemore-bigram'), { maxSteps: 10 }));
    const { evaluation } = await subject.next('evaluated', event => event.evaluation.train !== undefined);
    deepStrictEqual(Object.keys(evaluation), ['step', 'train', 'test']);
    ok(typeof evaluation.test === 'number');
  });

  it('goes through the same losses whether it is interrupted or not', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    for (let i = 0; i < 5; i++) {
      subject.post({ type: 'step' });
      await subject.status('paused');
      subject.post({ type: 'sample', request: defaultSampleRequest });
      await subject.next('sampled');
    }
    subject.post({ type: 'resume' });
    await subject.next('losses');
    subject.post({ type: 'stop' });
    const { step } = await subject.status('stopped');
    const interrupted = subject.losses();
    strictEqual(interrupted.length, step);
    await subject.dispose();

    subject = new Subject(withHyperparameters(endless, { maxSteps: step }));
    await subject.status('finished');
    deepStrictEqual(subject.losses(), interrupted);
  });

  it('evaluates dev while it trains, and train and dev at the end', async () => {
    subject = new Subject(withHyperparameters(endless, { maxSteps: 20 }));
    const { evaluation } = await subject.next('evaluated');
    strictEqual(evaluation.step, 20);
    ok(evaluation.train! > 0 && evaluation.dev! > 0);
  });

  it('draws names while it trains and keeps those with a bigram', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    subject.post({ type: 'sample', request: { ...defaultSampleRequest, count: 5, bigram: ['a', '.'] } });
    const { samples } = await subject.next('sampled');
    ok(samples.words.every(word => word.text.endsWith('a')));
    ok(samples.drawn >= samples.words.length);
    await subject.next('losses');
  });

  it('refuses a sample that cannot be drawn, and trains on', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    subject.post({ type: 'sample', request: { ...defaultSampleRequest, prefix: 'Ω' } });
    match((await subject.next('sampleRefused')).reason, /never seen "Ω"/);
    await subject.next('losses');
  });

  it('refuses a sample that no generator could draw, and keeps the model', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    subject.post({ type: 'sample', request: { ...defaultSampleRequest, seed: 2 ** 60 } });
    match((await subject.next('sampleRefused')).reason, /seed must be a whole number/);
    subject.post({ type: 'sample', request: { ...defaultSampleRequest, bigram: ['a', 'Ω'] } });
    match((await subject.next('sampleRefused')).reason, /never seen "Ω"/);
    await subject.next('losses');
  });

  it('draws all names of a sample with one smoothing', async () => {
    subject = new Subject(presetById('bigram-counts'));
    await subject.status('finished');
    const request = { ...defaultSampleRequest, count: 1000, bigram: ['v', 'v'] } as const;
    subject.post({ type: 'smooth', smoothing: 100 });
    subject.post({ type: 'sample', request });
    const undisturbed = (await subject.next('sampled')).samples;
    subject.post({ type: 'smooth', smoothing: 1 });
    subject.post({ type: 'sample', request });
    await subject.next('sampling');
    subject.post({ type: 'smooth', smoothing: 100 });
    deepStrictEqual((await subject.next('sampled')).samples.words, undisturbed.words);
  });

  it('sends copies of what is watched, until nothing is', async () => {
    subject = new Subject(endless);
    await subject.next('started');
    subject.post({ type: 'watch', watch: { ...watchNothing, tensors: ['C', 'nothing'] } });
    const { tensors } = (await subject.next('inspected')).inspection;
    deepStrictEqual(Object.keys(tensors), ['C']);
    const { shape, values } = tensors.C!;
    strictEqual(values.length, at(shape, 0) * at(shape, 1));
    subject.post({ type: 'watch', watch: watchNothing });
    subject.post({ type: 'pause' });
    await subject.status('paused');
    const heard = subject.events.length;
    subject.post({ type: 'step' });
    await subject.status('paused');
    ok(subject.events.slice(heard).every(event => event.type !== 'inspected'));
  });

  it('looks inside at most four times a second, and at the last step', async () => {
    subject = new Subject(withHyperparameters(endless, { maxSteps: 20_000 }));
    await subject.next('started');
    const start = performance.now();
    subject.post({ type: 'watch', watch: { ...watchNothing, layers: true, updates: true } });
    await subject.status('finished');
    const seconds = (performance.now() - start) / 1000;
    const inspections = subject.events.flatMap(event => (event.type === 'inspected' ? [event.inspection] : []));
    // When it is finished the last look is told once more, with the status.
    ok(inspections.length <= 4 * seconds + 4, `${inspections.length} in ${seconds} s`);
    const last = inspections.at(-1)!;
    deepStrictEqual([last.step, last.ahead], [20_000, false]);
    deepStrictEqual(
      last.parameters!.map(({ name }) => name),
      ['C', 'W1', 'W2'],
    );
  });

  it('finds dead neurons while it trains, and then trains on', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    subject.post({ type: 'findDeadNeurons' });
    const { activations } = await subject.next('foundDeadNeurons');
    deepStrictEqual(
      activations.layers.map(({ name, least }) => [name, least.length]),
      [['h', 8]],
    );
    await subject.next('losses');
  });

  it('draws the same names after 0, 1, 2, 5, … steps as a run that ends there', async () => {
    const following = { ...watchNothing, samples: true };
    subject = new Subject(withHyperparameters(endless, { maxSteps: 60 }), text, following);
    await subject.status('finished');
    const along = subject.events.flatMap(event => (event.type === 'sampledAlong' ? [event.samples] : []));
    deepStrictEqual(
      along.map(({ step }) => step),
      [0, 1, 2, 5, 10, 20, 50],
    );
    subject.dispose();
    subject = new Subject(withHyperparameters(endless, { maxSteps: 20 }));
    await subject.status('finished');
    subject.post({ type: 'sample', request: { ...defaultSampleRequest, count: 5 } });
    const { words } = (await subject.next('sampled')).samples;
    deepStrictEqual(
      along.find(({ step }) => step === 20)!.words,
      words.map(word => word.text),
    );
  });

  it('draws the newest names a few times a second while somebody looks, and names at the end unasked', async () => {
    const following = { ...watchNothing, samples: true };
    subject = new Subject(endless, text, following);
    const newest = [
      await subject.next('sampledNow'),
      await subject.next('sampledNow'),
      await subject.next('sampledNow'),
    ];
    const steps = newest.map(({ names }) => names.step);
    ok(steps[0] === 0 && steps.every((step, i) => i === 0 || step > steps[i - 1]!), steps.join());
    ok(newest.every(({ names }) => names.words.length === 9));
    subject.post({ type: 'stop' });
    const { samples } = await subject.next('sampled');
    deepStrictEqual(samples.request, { ...defaultSampleRequest, sampler: 'exponential' });
    subject.dispose();

    subject = new Subject(withHyperparameters(endless, { maxSteps: 20 }));
    await subject.status('finished');
    await subject.next('evaluated');
    ok(!subject.events.some(({ type }) => type === 'sampled' || type === 'sampledNow'), 'nobody looks');
  });

  it('a counting model is finished without steps, and evaluated again with another smoothing', async () => {
    subject = new Subject(presetById('bigram-counts'));
    const first = await subject.next('evaluated');
    subject.post({ type: 'smooth', smoothing: 100 });
    const second = await subject.next('evaluated');
    ok(second.evaluation.train! > first.evaluation.train!);
    ok(subject.events.some(event => event.type === 'status' && event.status === 'finished'));
  });

  it('a walk through counts is sent again with another smoothing', async () => {
    subject = new Subject(presetById('bigram-counts'));
    await subject.status('finished');
    subject.post({ type: 'watch', watch: { ...watchNothing, walk: { text: 'ava', position: 3 } } });
    const likeliest = async (): Promise<number> =>
      (await subject.next('inspected')).inspection.walk!.probs.values.reduce((a, b) => Math.max(a, b));
    const first = await likeliest();
    subject.post({ type: 'smooth', smoothing: 1000 });
    ok((await likeliest()) < first / 2);
  });

  it('counts the trigrams after a character that it is asked for, while it trains', async () => {
    subject = new Subject(endless);
    await subject.next('losses');
    subject.post({ type: 'countTrigrams', first: '?' }); // no name has it: no answer
    subject.post({ type: 'countTrigrams', first: 'm' });
    const { slice } = await subject.next('trigrams');
    strictEqual(slice.first, 'm');
    const after = (characters: string): number => text.split(characters).length - 1;
    const count = (row: string, column: string): number =>
      at(slice.counts, slice.tokens.indexOf(row) * slice.tokens.length + slice.tokens.indexOf(column));
    strictEqual(count('i', 'a'), after('mia'));
    strictEqual(count('m', 'a'), after('mma'));
    strictEqual(count('a', '.'), after('ma\n'));
    strictEqual(slice.total, after('m') - after('m\n'));
  });

  it('refuses a file without names in one sentence', async () => {
    subject = new Subject(endless, '\n\n');
    match((await subject.next('failed')).reason, /names\.txt has no names/);
  });

  it('is ended in the middle of a step that takes long, if it is to stop', async function () {
    this.timeout(60_000);
    const large = { nHidden: 2048, nEmbd: 128, blockSize: 32, batchSize: 4096 };
    subject = new Subject(withHyperparameters(presetById('mlp-part2'), large));
    await subject.status('running');
    const asked = performance.now();
    subject.post({ type: 'stop' });
    const { reason } = await subject.next('failed');
    ok(performance.now() - asked < 6_000);
    match(reason, /stopped in the middle of a step/);
  });

  it('refuses a vocabulary whose counts would need too much memory', async () => {
    const characters = Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x20000 + i)).join('\n');
    subject = new Subject(presetById('bigram-counts'), characters);
    match((await subject.next('failed')).reason, /20,001 characters needs 4\.5 GB/);
  });

  it('trains on one name, a single character, emoji and a name of 10,000 characters', async () => {
    for (const names of ['emma', 'a', '\u{1f600}\u{1f601}\n\u{1f601}', `${'ab'.repeat(5000)}\nba`]) {
      for (const id of ['bigram-counts', 'bigram-net', 'mlp-five-words', 'mlp-part2']) {
        const preset = presetById(id);
        subject = new Subject(preset.model === 'bigram' ? preset : withHyperparameters(preset, { maxSteps: 3 }), names);
        const event = await Promise.race([subject.status('finished'), subject.next('failed')]);
        strictEqual(event.type, 'status', JSON.stringify(event));
        subject.dispose();
      }
    }
  });
});
