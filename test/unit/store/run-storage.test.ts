import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../../src/shared/errors';
import { presetById } from '../../../src/shared/presets';
import { RunFolder } from '../../../src/store/run-folder';
import { isDamaged } from '../../../src/store/run-entry';
import { RunLock } from '../../../src/store/run-lock';
import { RunStorage } from '../../../src/store/run-storage';
import { defaultRunOptions } from '../../../src/shared/run';

const text = 'emma\nolivia\n';
const day = 24 * 60 * 60 * 1000;

describe('the storage of all runs', () => {
  let root: string;
  let storage: RunStorage;
  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-runs-'));
    storage = new RunStorage(fs, root);
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  /** A run that was written `age` milliseconds ago. */
  function write(id: string, age = 0): string {
    const { folder } = storage.placeOf(id);
    const run = new RunFolder(fs, folder);
    const source = { name: 'names.txt', uri: 'file:///names.txt' };
    const options = defaultRunOptions;
    run.create({ id, source, preset: presetById('mlp-part2'), options, created: 1 }, text);
    const model = { step: 3, variables: {} };
    const losses = Float32Array.of(3, 2, 1);
    run.writeCheckpoint({ id, step: 3, status: 'running', flavor: 'compiled', evaluations: [], losses, model });
    const then = (Date.now() - age) / 1000;
    fs.utimesSync(join(folder, 'checkpoint.safetensors'), then, then);
    return folder;
  }
  const ids = (): string[] => storage.list().map(({ id }) => id);

  it('lists nothing where nothing was ever kept', () => {
    deepStrictEqual(storage.list(), []);
    storage.emptyTrash(0);
  });

  it('tells of each run what it is, how far, how large and since when', () => {
    const folder = write('a', day);
    const [entry] = storage.list();
    ok(!isDamaged(entry));
    const sizes = fs.readdirSync(folder).map(name => fs.statSync(join(folder, name)).size);
    strictEqual(
      entry.bytes,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    ok(Math.abs(entry.changed - (Date.now() - day)) < 5000);
    deepStrictEqual([entry.summary.step, entry.summary.loss, entry.record.preset.id], [3, 2, 'mlp-part2']);
    deepStrictEqual([entry.owner, entry.details], ['nobody', { pinned: false }]);
    strictEqual(storage.read('a').text, text);
    deepStrictEqual(storage.summaryOf('a'), entry.summary);
    strictEqual(storage.summaryOf('b'), undefined);
  });

  it('reads how a run went without its names', () => {
    const folder = write('a');
    const { record, checkpoint } = storage.readWhole('a');
    const { step, losses, evaluations } = checkpoint;
    fs.rmSync(join(folder, 'names.txt'));
    deepStrictEqual(storage.readHistory('a'), { record, step, losses, evaluations });
    new RunFolder(fs, folder).writeCheckpoint({ ...checkpoint, id: 'b' });
    throws(() => storage.readHistory('a'), /belongs to another run/);
  });

  it('reads a run again only where something was written since', () => {
    let opened = 0;
    const counting = {
      ...fs,
      openSync: (...args: Parameters<typeof fs.openSync>) => {
        opened++;
        return fs.openSync(...args);
      },
    };
    const watching = new RunStorage(counting, root);
    const step = (): number[] => watching.list().map(entry => (isDamaged(entry) ? NaN : entry.summary.step));
    const folder = new RunFolder(fs, write('a', day));
    write('b', day);
    deepStrictEqual([step(), opened], [[3, 3], 2]);
    deepStrictEqual([step(), opened], [[3, 3], 2]);
    const { checkpoint } = folder.read();
    // more evaluations than the first bytes of the file hold
    const evaluations = Array.from({ length: 5000 }, (_, i) => ({ step: i, dev: 2 + i / 7 }));
    folder.writeCheckpoint({ ...checkpoint, step: 9, losses: new Float32Array(9), evaluations });
    deepStrictEqual([step(), opened], [[9, 3], 4]);
    const [entry] = watching.list();
    ok(!isDamaged(entry) && entry.summary.evaluations.length === 5000);
  });

  it('lists a damaged folder as damaged, and the others beside it', () => {
    fs.writeFileSync(join(write('a'), 'run.json'), '{');
    fs.rmSync(join(write('b'), 'checkpoint.safetensors'));
    write('c');
    const problems = storage.list().map(entry => (isDamaged(entry) ? entry.problem : 'whole'));
    match(problems[0], /run\.json is damaged \(it has no checksum\)/);
    match(problems[1], /checkpoint\.safetensors cannot be read/);
    strictEqual(problems[2], 'whole');
  });

  it('keeps what a person says about a run; what cannot be read of it is left out', () => {
    const folder = write('a');
    storage.describe('a', { title: 'wider', pinned: true });
    deepStrictEqual(storage.list()[0].details, { title: 'wider', pinned: true });
    fs.writeFileSync(join(folder, 'details.json'), '{"title": 7, "pinned": true}');
    deepStrictEqual(storage.list()[0].details, { pinned: true });
    fs.writeFileSync(join(folder, 'details.json'), 'no JSON');
    deepStrictEqual(storage.list()[0].details, { pinned: false });
  });

  it('tells whether this window or another one is at a run, and lets go of what is ours only', () => {
    const { folder, owner } = storage.placeOf('a');
    write('a');
    ok(new RunLock(fs, folder, owner).acquire());
    const other = new RunStorage(fs, root);
    deepStrictEqual([storage.list()[0].owner, other.list()[0].owner], ['us', 'others']);
    other.release('a');
    throws(() => other.moveToTrash('a'), /stop it in its window/);
    strictEqual(storage.list()[0].owner, 'us');
    storage.release('a');
    strictEqual(other.list()[0].owner, 'nobody');
  });

  it('leaves out a run of which nothing is written yet', () => {
    const { folder, owner } = storage.placeOf('a');
    fs.mkdirSync(folder, { recursive: true });
    new RunLock(fs, folder, owner).acquire();
    deepStrictEqual(ids(), []);
  });

  it('takes a run at once from a process that is dead, and from no other', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const owners = {
      dead: `${hostname()} ${pid} x`,
      alive: `${hostname()} ${process.pid} x`,
      elsewhere: `${hostname()}-2 ${pid} x`,
      unknown: 'x',
    };
    for (const [id, owner] of Object.entries(owners)) ok(new RunLock(fs, write(id), owner).acquire());
    const free = storage.list().filter(({ owner }) => owner === 'nobody');
    deepStrictEqual(
      free.map(({ id }) => id),
      ['dead'],
    );
  });

  it('moves runs to the trash and takes them back, until it is emptied', () => {
    for (const id of ['a', 'b']) {
      write(id);
      storage.moveToTrash(id);
    }
    deepStrictEqual(ids(), []);
    storage.takeBack('a');
    deepStrictEqual(ids(), ['a']);
    storage.emptyTrash(day);
    ok(fs.existsSync(join(root, 'trash', 'b')));
    storage.emptyTrash(-1);
    deepStrictEqual([fs.existsSync(join(root, 'trash', 'b')), ids()], [false, ['a']]);
  });

  it('forgets a run that is gone, however like the one before it comes back', () => {
    let opened = 0;
    const openSync = (...args: Parameters<typeof fs.openSync>): number => {
      opened++;
      return fs.openSync(...args);
    };
    const watching = new RunStorage({ ...fs, openSync }, root);
    write('a', day);
    watching.list();
    watching.moveToTrash('a');
    deepStrictEqual([watching.list(), opened], [[], 1]);
    watching.takeBack('a');
    deepStrictEqual([watching.list().length, opened], [1, 2]);
  });

  /** A storage whose disk refuses one thing for one run. */
  const refusing = (call: 'openSync' | 'renameSync' | 'statSync' | 'rmSync', id: string): RunStorage => {
    const refuse = (path: fs.PathLike, ...others: unknown[]): unknown => {
      if (!String(path).includes(join(root, 'runs', id)) && !String(path).includes(join(root, 'trash', id)))
        return (fs[call] as (...args: unknown[]) => unknown)(path, ...others);
      throw Object.assign(new Error(`EACCES: permission denied, ${call}\n'${String(path)}'`), { code: 'EACCES' });
    };
    return new RunStorage({ ...fs, [call]: refuse }, root);
  };

  it('tells in a sentence which run the disk does not let be written or moved', () => {
    write('a');
    const sentence = (act: () => void): void => {
      throws(act, (error: unknown) => {
        ok(error instanceof InputError, String(error));
        ok(error.message.startsWith(`${join(root, 'runs', 'a')} cannot be written (EACCES: `), error.message);
        match(error.message, /^[^\n]*\): see that it may be written, and that there is room on the disk\.$/);
        return true;
      });
    };
    sentence(() => refusing('openSync', 'a').describe('a', { pinned: true }));
    sentence(() => refusing('renameSync', 'a').moveToTrash('a'));
    deepStrictEqual(ids(), ['a'], 'it stays where it was');
    storage.moveToTrash('a');
    sentence(() => refusing('renameSync', 'a').takeBack('a'));
    throws(() => storage.moveToTrash('gone'), InputError);
    throws(() => storage.read('gone'), InputError);
    throws(() => storage.readWhole('gone'), InputError);
  });

  it('clears away the others where one run cannot be', () => {
    for (const [i, id] of ['new', 'a', 'b', 'c'].entries()) write(id, i * day);
    throws(() => refusing('renameSync', 'b').prune(1, []), InputError);
    deepStrictEqual(ids(), ['b', 'new']);
    throws(() => refusing('statSync', 'a').emptyTrash(-1), InputError);
    deepStrictEqual(fs.readdirSync(join(root, 'trash')), ['a']);
  });

  it('prunes the oldest, but for pinned ones, one that somebody is at, and one that is needed', () => {
    for (const [i, id] of ['new', 'old', 'pinned', 'held', 'needed', 'oldest'].entries()) write(id, i * day);
    storage.describe('pinned', { pinned: true });
    new RunLock(fs, storage.placeOf('held').folder, 'another').acquire();
    storage.prune(1, ['needed']);
    deepStrictEqual(ids(), ['held', 'needed', 'new', 'pinned']);
    ok(fs.existsSync(join(root, 'trash', 'oldest')), 'nothing is lost at once');
  });

  it('goes nowhere else, whatever it is asked for', () => {
    for (const id of ['..', '../a', 'a/b', '', 'a\\b', '.']) throws(() => storage.placeOf(id), /There is no run/);
  });
});
