import { deepStrictEqual, match, notDeepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchNothing } from '../../src/shared/inspection';
import { presetById, withHyperparameters } from '../../src/shared/presets';
import type { RunPlace } from '../../src/shared/protocol';
import { defaultSampleRequest } from '../../src/shared/sampling';
import { RunFolder } from '../../src/store/run-folder';
import { newOwner } from '../../src/store/owner';
import { RunLock } from '../../src/store/run-lock';
import { endless, memoryLimit, pace, Subject, text } from './worker-subject';

describe('the worker thread keeps its run', () => {
  let subject: Subject;
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
