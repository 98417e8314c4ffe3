import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../../src/shared/at';
import { InputError } from '../../../src/shared/errors';
import { presetById } from '../../../src/shared/presets';
import { defaultRunOptions } from '../../../src/shared/run';
import type { FileSystem } from '../../../src/store/file-system';
import { RunFolder } from '../../../src/store/run-folder';
import { isDamaged, type DamagedEntry, type RunEntry } from '../../../src/store/run-entry';
import { newOwner } from '../../../src/store/owner';
import { RunLock } from '../../../src/store/run-lock';
import { RunStorage } from '../../../src/store/run-storage';
import { ownerName } from './contender';
import { intercepted } from './intercepted';

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
  /** A storage that says when it opens a checkpoint. */
  function counting(onOpen: () => void): RunStorage {
    const system = intercepted(fs, ({ name, args: [path], make }) => {
      if (name === 'openSync' && String(path).endsWith('.safetensors')) onOpen();
      return make();
    });
    return new RunStorage(system, root);
  }
  const ids = (): string[] => storage.list().map(({ id }) => id);
  const first = (from = storage): RunEntry | DamagedEntry => at(from.list(), 0);
  function firstRun(from = storage): RunEntry {
    const entry = first(from);
    ok(!isDamaged(entry));
    return entry;
  }

  it('lists nothing if no run was ever kept', () => {
    deepStrictEqual(storage.list(), []);
    storage.emptyTrash(0);
  });

  it('lists each run with its record, how far it is, its size, and when it was last written', () => {
    const folder = write('a', day);
    const entry = firstRun();
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
    const { step, status, losses, evaluations } = checkpoint;
    fs.rmSync(join(folder, 'names.txt'));
    deepStrictEqual(storage.readHistory('a'), { record, step, status, losses, evaluations });
    new RunFolder(fs, folder).writeCheckpoint({ ...checkpoint, id: 'b' });
    throws(() => storage.readHistory('a'), /belongs to another run/);
  });

  it('reads a run again only if something was written since', () => {
    let opened = 0;
    const watching = counting(() => opened++);
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
    strictEqual(firstRun(watching).summary.evaluations.length, 5000);
  });

  it('lists a damaged folder with its problem, and the others beside it', () => {
    fs.writeFileSync(join(write('a'), 'run.json'), '{');
    fs.rmSync(join(write('b'), 'checkpoint.safetensors'));
    write('c');
    const problems = storage.list().map(entry => (isDamaged(entry) ? entry.problem : 'whole'));
    const expected = [
      /run\.json is damaged \(it has no checksum\)/,
      /checkpoint\.safetensors cannot be read/,
      /^whole$/,
    ];
    strictEqual(problems.length, expected.length);
    for (const [i, problem] of problems.entries()) match(problem, at(expected, i));
  });

  it('keeps the title and the pin of a run, and ignores what cannot be read of them', () => {
    const folder = write('a');
    storage.describe('a', { title: 'wider', pinned: true });
    deepStrictEqual(first().details, { title: 'wider', pinned: true });
    fs.writeFileSync(join(folder, 'details.json'), '{"title": 7, "pinned": true}');
    deepStrictEqual(first().details, { pinned: true });
    fs.writeFileSync(join(folder, 'details.json'), 'no JSON');
    deepStrictEqual(first().details, { pinned: false });
  });

  it('notes where the file of a run is now, and leaves all else as it was', () => {
    write('a');
    const other = write('b');
    const damaged = write('c');
    fs.writeFileSync(join(damaged, 'run.json'), 'no JSON');
    const before = fs.readFileSync(join(other, 'run.json'), 'utf8');
    const now = { name: 'girls.txt', uri: 'file:///girls.txt' };
    let asked = 0;
    storage.relocate(({ name }) => (++asked === 1 && name === 'names.txt' ? now : undefined));
    strictEqual(asked, 2);
    deepStrictEqual(firstRun().record.source, now);
    const { record, text: names } = storage.read('a');
    deepStrictEqual([record.source, record.preset.id, names], [now, 'mlp-part2', text]);
    strictEqual(fs.readFileSync(join(other, 'run.json'), 'utf8'), before);
    strictEqual(fs.readFileSync(join(damaged, 'run.json'), 'utf8'), 'no JSON');
  });

  it('says whether this window or another one owns a run, and releases only its own', () => {
    const { folder, owner } = storage.placeOf('a');
    write('a');
    ok(new RunLock(fs, folder, owner).acquire());
    const other = new RunStorage(fs, root);
    deepStrictEqual([first().owner, first(other).owner], ['us', 'others']);
    other.release('a');
    throws(() => other.moveToTrash('a'), /stop it in its window/);
    strictEqual(first().owner, 'us');
    storage.release('a');
    strictEqual(first(other).owner, 'nobody');
  });

  it('deletes no run whose window may only sleep: it waits longer than a takeover', () => {
    const folder = write('a');
    const owner = newOwner();
    ok(new RunLock(fs, folder, owner).acquire());
    const beat = (age: number): void => {
      const then = (Date.now() - age) / 1000;
      fs.utimesSync(join(folder, 'owner', owner), then, then);
    };
    beat(12_000);
    strictEqual(first().owner, 'nobody');
    throws(
      () => storage.moveToTrash('a'),
      /^InputError: Another window wrote it less than a minute ago, and may only sleep/,
    );
    beat(61_000);
    storage.moveToTrash('a');
    deepStrictEqual(ids(), []);
  });

  it('leaves out a run whose owner has written nothing yet', () => {
    const { folder, owner } = storage.placeOf('a');
    fs.mkdirSync(folder, { recursive: true });
    new RunLock(fs, folder, owner).acquire();
    deepStrictEqual(ids(), []);
  });

  it('counts only an owner whose process is known to be dead as gone at once', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const owners = {
      dead: `${hostname()} ${pid} ${ownerName(1)}`,
      alive: `${hostname()} ${process.pid} ${ownerName(2)}`,
      elsewhere: `${hostname()}-2 ${pid} ${ownerName(3)}`,
      unknown: ownerName(4),
    };
    for (const [id, owner] of Object.entries(owners)) ok(new RunLock(fs, write(id), owner).acquire());
    const free = storage.list().filter(({ owner }) => owner === 'nobody');
    deepStrictEqual(
      free.map(({ id }) => id),
      ['dead'],
    );
  });

  it('moves runs to the trash and takes them back until it is emptied', () => {
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

  it('reads a run anew that was gone and came back', () => {
    let opened = 0;
    const watching = counting(() => opened++);
    write('a', day);
    watching.list();
    watching.moveToTrash('a');
    deepStrictEqual([watching.list(), opened], [[], 1]);
    watching.takeBack('a');
    deepStrictEqual([watching.list().length, opened], [1, 2]);
  });

  /** A storage whose disk refuses one kind of call for one run. */
  function refusing(refused: keyof FileSystem, id: string): RunStorage {
    const folders = ['runs', 'trash'].map(name => join(root, name, id));
    const system = intercepted(fs, ({ name, args: [path], make }) => {
      if (name !== refused || !folders.some(folder => String(path).startsWith(folder))) return make();
      throw Object.assign(new Error(`EACCES: permission denied, ${name}\n'${String(path)}'`), { code: 'EACCES' });
    });
    return new RunStorage(system, root);
  }

  it('says in a sentence which run the disk refuses to write or to move', () => {
    write('a');
    const sentence = (act: () => void): void => {
      throws(act, (error: unknown) => {
        ok(error instanceof InputError, String(error));
        ok(error.message.startsWith(`${join(root, 'runs', 'a')} cannot be written (EACCES: `), error.message);
        match(error.message, /^[^\n]*\): check that it is writable and that the disk has room\.$/);
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

  it('moves and deletes the other runs if the disk refuses for one', () => {
    for (const [i, id] of ['new', 'a', 'b', 'c'].entries()) write(id, i * day);
    throws(() => refusing('renameSync', 'b').prune(1, []), InputError);
    deepStrictEqual(ids(), ['b', 'new']);
    throws(() => refusing('lstatSync', 'a').emptyTrash(-1), InputError);
    deepStrictEqual(fs.readdirSync(join(root, 'trash')), ['a']);
  });

  it('prunes the oldest runs, but none that is pinned, owned or needed', () => {
    for (const [i, id] of ['new', 'old', 'pinned', 'held', 'needed', 'oldest'].entries()) write(id, i * day);
    storage.describe('pinned', { pinned: true });
    new RunLock(fs, storage.placeOf('held').folder).acquire();
    storage.prune(1, ['needed']);
    deepStrictEqual(ids(), ['held', 'needed', 'new', 'pinned']);
    ok(fs.existsSync(join(root, 'trash', 'oldest')), 'it is in the trash');
  });

  it('refuses ids that lead out of its folder', () => {
    for (const id of ['..', '../a', 'a/b', '', 'a\\b', '.']) throws(() => storage.placeOf(id), /There is no run/);
  });
});
