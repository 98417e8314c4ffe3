import { deepStrictEqual, match, notDeepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { at } from '../../src/shared/at';
import { watchNothing, type Watch } from '../../src/shared/inspection';
import { presetById, withHyperparameters } from '../../src/shared/presets';
import type { Preset } from '../../src/shared/presets';
import type { ControlCommand, RunPlace, WorkerCommand, WorkerEvent } from '../../src/shared/protocol';
import { defaultSampleRequest } from '../../src/shared/sampling';
import { RunFolder } from '../../src/store/run-folder';
import { newOwner } from '../../src/store/owner';
import { RunLock } from '../../src/store/run-lock';
import { WorkerClient } from '../../src/host/session/worker-client';
import { defaultMemoryLimit } from '../../src/shared/limits';
import { defaultPace, defaultRunOptions } from '../../src/shared/run';

type RestoreCommand = Extract<WorkerCommand, { type: 'restore' }>;
type EventOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

const text = 'emma\nolivia\nava\nisabella\nsophia\ncharlotte\nmia\namelia\nharper\nevelyn\nabigail\n';
const options = defaultRunOptions;
const memoryLimit = defaultMemoryLimit;
/** Checkpoints as often as they can be, since tests wait for them. */
const pace = { ...defaultPace, checkpointSeconds: 0.02, checkpointPercent: 50 };
const endless = withHyperparameters(presetById('mlp-part2'), { nHidden: 8, maxSteps: 1_000_000 });

/** A worker thread with what it has said. */
class Subject {
  readonly events: WorkerEvent[] = [];
  private readonly client = new WorkerClient(resolve('dist/worker.js'));
  private waiting: (() => void)[] = [];

  constructor(preset: Preset, names?: string, watch?: Watch, place?: RunPlace);
  constructor(restore: RestoreCommand);
  constructor(what: Preset | RestoreCommand, names = text, watch = watchNothing, place?: RunPlace) {
    this.client.onMessage(event => {
      this.events.push(event);
      for (const wake of this.waiting.splice(0)) wake();
    });
    const source = { name: 'names.txt', uri: 'file:///names.txt' };
    if ('type' in what) this.client.post(what);
    else
      this.client.post({
        type: 'start',
        id: 'a',
        text: names,
        source,
        preset: what,
        options,
        watch,
        pace,
        memoryLimit,
        ...(place && { place }),
      });
  }

  post(command: ControlCommand): void {
    this.client.post(command);
  }

  /** The next event of a kind, from among those that come from now on. */
  async next<T extends WorkerEvent['type']>(
    type: T,
    fits: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    for (let seen = this.events.length; ; seen++) {
      while (seen >= this.events.length) await new Promise<void>(resolve => this.waiting.push(resolve));
      const event = at(this.events, seen);
      if (event.type === type && fits(event as EventOf<T>)) return event as EventOf<T>;
    }
  }

  status(status: string): Promise<EventOf<'status'>> {
    return this.next('status', event => event.status === status);
  }

  losses(): number[] {
    return this.events.flatMap(event => (event.type === 'losses' ? [...event.losses] : []));
  }

  leave(): Promise<void> {
    return this.client.leave(5_000);
  }

  async dispose(): Promise<void> {
    await this.client.dispose();
  }
}

describe('the worker thread', () => {
  let subject: Subject;
  afterEach(() => subject.dispose());

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

  describe('keeps its run', () => {
    let place: RunPlace;
    beforeEach(() => (place = { folder: mkdtempSync(join(tmpdir(), 'makemore-worker-')), owner: newOwner() }));
    afterEach(async () => {
      await subject.dispose(); // it may be writing
      rmSync(place.folder, { recursive: true });
    });
    const again = (paused: boolean): Subject => {
      new RunLock(fs, place.folder, place.owner).release(); // as the extension host does for a thread that died
      return new Subject({
        type: 'restore',
        place,
        engine: 'compiled',
        paused,
        watch: watchNothing,
        pace,
        memoryLimit,
      });
    };

    it('another thread goes on with the same losses after the first one died', async () => {
      const preset = withHyperparameters(endless, { maxSteps: 50_000 });
      subject = new Subject(preset, text, watchNothing, place);
      await subject.next('kept', ({ step }) => step > 0);
      subject.dispose();
      for (const wait of [false, true]) {
        subject = again(false);
        await subject.next('started');
        if (wait) await subject.status('finished');
        else await subject.next('kept', ({ step }) => step > 0);
        if (!wait) subject.dispose();
      }
      const losses = subject.losses();
      subject.dispose();
      subject = new Subject(preset);
      await subject.status('finished');
      deepStrictEqual(losses, subject.losses());
    });

    it('a run whose window closes keeps every step that it has made, and ends without a failure', async () => {
      subject = new Subject(endless, text, watchNothing, place);
      await subject.next('kept', ({ step }) => step > 0);
      await subject.leave();
      const { step, losses } = new RunFolder(fs, place.folder).readHistory();
      const last = subject.events.at(-1);
      deepStrictEqual([last?.type, subject.losses().length, losses.length], ['kept', step, step]);
      ok(losses.every((loss, i) => loss === subject.losses()[i]));
    });

    it('a finished run that is only opened is shown with its losses and its evaluation', async () => {
      subject = new Subject(withHyperparameters(endless, { maxSteps: 30 }), text, watchNothing, place);
      const { evaluation } = await subject.next('evaluated');
      subject.dispose();
      subject = again(true);
      strictEqual((await subject.status('finished')).step, 30);
      const told = subject.events.flatMap(event => (event.type === 'evaluated' ? [event.evaluation] : []));
      deepStrictEqual(told, [evaluation]);
      strictEqual(subject.losses().length, 30);
      subject.post({ type: 'sample', request: defaultSampleRequest });
      strictEqual((await subject.next('sampled')).samples.step, 30);
    });

    it('a run that is only opened is not written until it resumes', async () => {
      subject = new Subject(endless, text, watchNothing, place);
      await subject.next('kept', ({ step }) => step > 0);
      subject.post({ type: 'stop' });
      await subject.next('evaluated', ({ evaluation }) => evaluation.train !== undefined);
      subject.dispose();
      const file = join(place.folder, 'checkpoint.safetensors');
      const before = fs.readFileSync(file);
      subject = again(true);
      await subject.status('paused');
      ok(subject.events.some(({ type }) => type === 'kept'));
      subject.post({ type: 'sample', request: defaultSampleRequest });
      await subject.next('sampled');
      deepStrictEqual(fs.readFileSync(file), before);
      subject.post({ type: 'resume' });
      await subject.next('kept', ({ step }) => step > 0);
      notDeepStrictEqual(fs.readFileSync(file), before);
    });

    it('a run that ended before it was evaluated is evaluated when it is opened', async () => {
      subject = new Subject(withHyperparameters(endless, { maxSteps: 30 }), text, watchNothing, place);
      const { evaluation } = await subject.next('evaluated');
      subject.dispose();
      const folder = new RunFolder(fs, place.folder);
      folder.writeCheckpoint({ ...folder.read().checkpoint, evaluations: [] });
      subject = again(true);
      deepStrictEqual((await subject.next('evaluated')).evaluation, evaluation);
      deepStrictEqual(folder.read().checkpoint.evaluations, [evaluation]);
    });

    it('a counting run is finished whenever it is opened', async () => {
      subject = new Subject(presetById('bigram-counts'), text, watchNothing, place);
      await subject.next('evaluated');
      subject.dispose();
      subject = again(true);
      await subject.status('finished');
    });

    it('a run that cannot be kept says so, leaves nothing but what is not its own, and trains all the same', async () => {
      writeFileSync(join(place.folder, 'file'), '');
      const nowhere = { ...place, folder: join(place.folder, 'file', 'folder') };
      subject = new Subject(endless, text, watchNothing, nowhere);
      match(
        (await subject.next('kept')).problem!,
        /cannot be written \(ENOTDIR.*the disk has room\. The run ends with this window\.$/,
      );
      await subject.next('losses');
      subject.dispose();
      // Half of a folder would look like a run that is damaged.
      fs.mkdirSync(join(place.folder, 'names.txt'));
      subject = new Subject(endless, text, watchNothing, place);
      ok((await subject.next('kept')).problem);
      await subject.next('losses');
      deepStrictEqual(fs.readdirSync(place.folder).sort(), ['file', 'names.txt']);
    });

    it('a damaged checkpoint is set aside, and the run is released', async () => {
      subject = new Subject(withHyperparameters(endless, { maxSteps: 5 }), text, watchNothing, place);
      await subject.next('evaluated');
      subject.dispose();
      const file = join(place.folder, 'checkpoint.safetensors');
      writeFileSync(file, fs.readFileSync(file).subarray(0, -1));
      subject = again(false);
      match((await subject.next('failed')).reason, /is damaged \(.*kept aside as checkpoint\.safetensors\.damaged/);
      strictEqual(fs.existsSync(file), false);
      strictEqual(new RunLock(fs, place.folder).isHeld(), false);
    });

    it('a second thread is refused while the first one has the run', async () => {
      subject = new Subject(endless, text, watchNothing, place);
      await subject.next('kept');
      const other = new Subject({
        type: 'restore',
        place,
        engine: 'compiled',
        paused: true,
        watch: watchNothing,
        pace,
        memoryLimit,
      });
      match((await other.next('failed')).reason, /Another window or terminal is writing/);
      other.dispose();
    });
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
