import { deepStrictEqual, match, ok, rejects, strictEqual, throws } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../../src/shared/errors';
import { makeFolder } from '../../../src/store/file-system';
import { LastPictures } from '../../../src/store/last-pictures';
import { readBeginning, readWhole } from '../../../src/store/read-file';
import { isDamaged } from '../../../src/store/run-entry';
import { RunFolder } from '../../../src/store/run-folder';
import { RunStorage } from '../../../src/store/run-storage';
import { DamagedFileError } from '../../../src/store/safetensors';
import { filesIn } from '../source-files';
import { ownerName } from './contender';
import { checkpoint, record } from './examples';
import { intercepted } from './intercepted';

const text = 'emma\nolivia\n';

describe("what is not a run's", () => {
  let root: string;
  beforeEach(() => (root = fs.mkdtempSync(join(tmpdir(), 'makemore-foreign-'))));
  afterEach(() => fs.rmSync(root, { recursive: true }));

  /** Every path below the root with what is in it. */
  const everything = (): Record<string, string> =>
    Object.fromEntries(
      (fs.readdirSync(root, { recursive: true }) as string[]).sort().map(name => {
        const stat = fs.lstatSync(join(root, name));
        return [name, stat.isFile() ? fs.readFileSync(join(root, name), 'hex') : stat.isSymbolicLink() ? 'link' : ''];
      }),
    );

  it('is refused in a folder that is to keep a run, and left alone', () => {
    const folder = join(root, 'work');
    const other = join(root, 'other');
    const put = (name: string, content: string | Uint8Array): void => fs.writeFileSync(join(folder, name), content);
    const safetensors = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{}')]);
    const foreign: Record<string, () => void> = {
      'run.json': () => put('run.json', '{"mine":1}'),
      'names.txt': () => put('names.txt', 'my own list\n'),
      'names.txt with the same names': () => put('names.txt', text),
      'checkpoint.safetensors': () => put('checkpoint.safetensors', safetensors),
      'run.json, a link': () => fs.symlinkSync(join(root, 'nowhere'), join(folder, 'run.json')),
      'checkpoint.safetensors, a link to a checkpoint': () => {
        new RunFolder(fs, other).create(record, text);
        new RunFolder(fs, other).writeCheckpoint(checkpoint);
        fs.symlinkSync(join(other, 'checkpoint.safetensors'), join(folder, 'checkpoint.safetensors'));
      },
      'names.txt, changed beside a run': () => {
        new RunFolder(fs, folder).create(record, text);
        fs.appendFileSync(join(folder, 'names.txt'), 'mine\n');
      },
    };
    for (const [what, act] of Object.entries(foreign)) {
      fs.mkdirSync(folder);
      act();
      const before = everything();
      const refusal = (error: unknown): boolean => {
        ok(error instanceof InputError, what);
        strictEqual(
          error.message,
          `${join(folder, what.split(/,| /, 1)[0] ?? '')} does not belong to a run and would be overwritten: take another folder.`,
        );
        return true;
      };
      throws(() => new RunFolder(fs, folder).create({ ...record, id: 'b' }, 'mia\n'), refusal);
      deepStrictEqual(everything(), before, what);
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('a run that is there stays whole if the disk has no room for the next one', () => {
    const folder = join(root, 'work');
    const run = new RunFolder(fs, folder);
    run.create(record, text);
    run.writeCheckpoint(checkpoint);
    const before = everything();
    const full = intercepted(fs, ({ name, make }) => {
      if (name === 'writeSync') throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return make();
    });
    throws(() => new RunFolder(full, folder).create({ ...record, id: 'b' }, 'mia\n'), /ENOSPC/);
    deepStrictEqual(everything(), before);
    run.create({ ...record, id: 'b' }, 'mia\n');
    strictEqual(run.hasCheckpoint(), false);
  });

  it('a checkpoint kept aside stays when another one is', () => {
    const run = new RunFolder(fs, root);
    run.create(record, text);
    for (const aside of ['checkpoint.safetensors.damaged', 'checkpoint.safetensors.damaged-2']) {
      run.writeCheckpoint(checkpoint);
      strictEqual(run.keepAside(), aside);
    }
    strictEqual(fs.readdirSync(root).length, 4);
  });

  it('is never deleted through a link, wherever in the storage that is', () => {
    const outside = join(root, 'outside');
    const storage = new RunStorage(fs, join(root, 'storage'));
    const whole = (id: string): string => {
      const { folder } = storage.placeOf(id);
      new RunFolder(fs, folder).create({ ...record, id }, text);
      new RunFolder(fs, folder).writeCheckpoint({ ...checkpoint, id });
      return folder;
    };
    fs.renameSync(whole('a'), outside);
    fs.mkdirSync(join(outside, 'owner'));
    const elsewhere = join(root, 'elsewhere');
    fs.mkdirSync(join(elsewhere, 'b'), { recursive: true });
    fs.cpSync(outside, join(elsewhere, 'b'), { recursive: true });
    const trash = join(root, 'storage', 'trash');
    fs.symlinkSync(elsewhere, trash);
    const before = everything();
    const refusal = /trash is no folder of the runs' own, and was left alone/;
    throws(() => storage.emptyTrash(-1), refusal);
    deepStrictEqual(everything(), before, 'the trash is a link');
    whole('c');
    throws(() => storage.moveToTrash('c'), refusal);
    fs.unlinkSync(trash);
    fs.mkdirSync(trash);
    fs.symlinkSync(outside, join(trash, 'd'));
    whole('e');
    storage.moveToTrash('e');
    for (const name of ['names.txt', 'owner']) {
      fs.rmSync(join(trash, 'e', name), { recursive: true, force: true });
      fs.symlinkSync(join(outside, name), join(trash, 'e', name));
    }
    const [outsideBefore] = [Object.entries(everything()).filter(([name]) => name.startsWith('outside'))];
    storage.emptyTrash(-1);
    deepStrictEqual(
      Object.entries(everything()).filter(([name]) => name.startsWith('outside')),
      outsideBefore,
    );
    deepStrictEqual(fs.readdirSync(trash), ['d', 'e']);
    deepStrictEqual(fs.readdirSync(join(trash, 'e')).sort(), ['names.txt', 'owner'], 'the links stay');
  });

  it('stays in the trash when the run around it is deleted', () => {
    const storage = new RunStorage(fs, root);
    const { folder } = storage.placeOf('a');
    new RunFolder(fs, folder).create(record, text);
    new RunFolder(fs, folder).writeCheckpoint(checkpoint);
    new RunFolder(fs, folder).keepAside();
    storage.describe('a', { title: 'wider', pinned: false });
    fs.writeFileSync(join(folder, 'notes.md'), 'mine');
    fs.writeFileSync(join(folder, 'names.txt.unfinished'), 'mine');
    fs.mkdirSync(join(folder, `owner.${ownerName(1)}`, ownerName(1)), { recursive: true });
    storage.moveToTrash('a');
    storage.emptyTrash(-1);
    deepStrictEqual(everything(), {
      runs: '',
      trash: '',
      'trash/a': '',
      'trash/a/notes.md': Buffer.from('mine').toString('hex'),
      'trash/a/names.txt.unfinished': Buffer.from('mine').toString('hex'),
    });
    storage.emptyTrash(-1);
    strictEqual(fs.readdirSync(join(root, 'trash', 'a')).length, 2);
  });

  it('stays in the trash when nothing proves that it was a run', () => {
    const storage = new RunStorage(fs, root);
    makeFolder(fs, join(root, 'trash', 'a'));
    for (const name of ['run.json', 'names.txt', 'checkpoint.safetensors'])
      fs.writeFileSync(join(root, 'trash', 'a', name), 'mine');
    storage.emptyTrash(-1);
    strictEqual(fs.readdirSync(join(root, 'trash', 'a')).length, 3);
  });

  it('stays among the last pictures, however old it is', async () => {
    for (const name of ['holiday.png', 'unfinished novel', 'a b c d']) fs.writeFileSync(join(root, name), 'mine');
    for (const name of fs.readdirSync(root)) fs.utimesSync(join(root, name), 0, 0);
    await new LastPictures(root, 'file:///names').clear();
    strictEqual(fs.readdirSync(root).length, 3);
  });

  if (process.platform !== 'win32')
    it('is not read for ever, or waited for, in a list of runs', () => {
      const storage = new RunStorage(fs, root);
      const put: Record<string, (file: string) => void> = {
        a: file => execFileSync('mkfifo', [file]),
        b: file => fs.symlinkSync('/dev/zero', file),
        c: file => fs.mkdirSync(file),
      };
      for (const [id, act] of Object.entries(put))
        for (const name of ['run.json', 'details.json', 'checkpoint.safetensors']) {
          const { folder } = storage.placeOf(`${id}-${name.slice(0, 3)}`);
          new RunFolder(fs, folder).create(record, text);
          new RunFolder(fs, folder).writeCheckpoint(checkpoint);
          fs.rmSync(join(folder, name), { force: true });
          act(join(folder, name));
        }
      const listed = storage.list();
      strictEqual(listed.length, 9);
      for (const entry of listed)
        if (entry.id.endsWith('det')) ok(!isDamaged(entry));
        else match(isDamaged(entry) ? entry.problem : '', /is damaged \((it is not a regular file|it is a link)\)/);
    });
});

describe('a file of a run', () => {
  let root: string;
  beforeEach(() => (root = fs.mkdtempSync(join(tmpdir(), 'makemore-file-'))));
  afterEach(() => fs.rmSync(root, { recursive: true }));

  it('is read from the handle that was looked at, and not past its size', () => {
    const file = join(root, 'a');
    fs.writeFileSync(file, 'abc');
    const growing = intercepted(fs, ({ name, make }) => {
      const result = make();
      if (name === 'fstatSync') fs.appendFileSync(file, 'defghi');
      if (name === 'openSync') fs.renameSync(file, join(root, 'b'));
      return result;
    });
    strictEqual(readWhole(growing, file, 3).toString(), 'abc');
    strictEqual(readBeginning(fs, join(root, 'b'), 2).toString(), 'ab');
    throws(() => readWhole(fs, join(root, 'b'), 2), DamagedFileError);
  });

  if (process.platform !== 'win32')
    it('can be read by nobody else, and its folder be looked into by nobody else', async () => {
      const storage = new RunStorage(fs, join(root, 'storage'));
      const { folder } = storage.placeOf('a');
      new RunFolder(fs, folder).create(record, text);
      new RunFolder(fs, folder).writeCheckpoint(checkpoint);
      storage.describe('a', { title: 'wider', pinned: false });
      await new LastPictures(join(root, 'pictures'), 'file:///names').write(Buffer.from('a'));
      for (const name of fs.readdirSync(root, { recursive: true }) as string[]) {
        const { mode } = fs.lstatSync(join(root, name));
        const isFolder = fs.lstatSync(join(root, name)).isDirectory();
        strictEqual((mode & 0o777).toString(8), isFolder ? '700' : '600', name);
      }
    });

  it('cannot be made on a disk that may only be read, and that is the reason given, with the path once', () => {
    const readOnly = intercepted(fs, ({ name, args: [path], make }) => {
      if (name !== 'mkdirSync') return make();
      const syscall = 'mkdir';
      throw Object.assign(new Error(`EROFS: read-only file system, mkdir '${String(path)}'`), {
        code: 'EROFS',
        syscall,
      });
    });
    const folder = join(root, 'a', 'b');
    throws(() => makeFolder(readOnly, folder), { code: 'EROFS' });
    throws(() => new RunFolder(readOnly, folder).create(record, text), {
      message: `${folder} cannot be written (EROFS: read-only file system): check that it is writable and that the disk has room.`,
    });
  });

  it('of last pictures leaves nothing behind when it could not be written', async () => {
    const window = new LastPictures(root, 'file:///names', ownerName(1));
    const name = Buffer.from(ownerName(1)).toString('base64url');
    await window.write(Buffer.from('a'));
    const [own = ''] = fs.readdirSync(root);
    ok(own.endsWith(name));
    fs.unlinkSync(join(root, own));
    fs.mkdirSync(join(root, own)); // which no file can replace
    await rejects(window.write(Buffer.alloc(250_000)), /EISDIR|ENOTEMPTY|EPERM|EEXIST/);
    deepStrictEqual(fs.readdirSync(root), [own]);
  });
});

it('nobody but one module deletes', () => {
  const modules = ['src', 'webview'].flatMap(folder => filesIn(folder)).filter(file => file.endsWith('.ts'));
  const deletes = /\b(rm|rmSync|rmdir|rmdirSync|unlink|unlinkSync)\(|\.fs\.delete\(/;
  const found = modules.filter(file => deletes.test(fs.readFileSync(file, 'utf8')));
  // `patience.ts` only passes calls on.
  deepStrictEqual(found.sort(), ['src/store/delete.ts', 'src/store/patience.ts']);
  // Scripts delete single files that they have built themselves, and no folders.
  const scripts = filesIn('scripts').filter(file => file.endsWith('.mjs'));
  const ofScripts = /\brecursive: true, force|\brm\(|rmdir|unlink/;
  deepStrictEqual(
    scripts.filter(file => ofScripts.test(fs.readFileSync(file, 'utf8'))),
    [],
  );
});
