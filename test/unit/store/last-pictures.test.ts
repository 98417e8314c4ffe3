import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LastPictures } from '../../../src/store/last-pictures';

describe('the last pictures of windows', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-pictures-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const open = (workspace = 'file:///names', owner?: string): LastPictures =>
    new LastPictures(folder, workspace, owner);
  const taken = async (window: LastPictures): Promise<string | undefined> => {
    const bytes = await window.take(100);
    return bytes && Buffer.from(bytes).toString();
  };
  const write = (window: LastPictures, text: string): Promise<void> => window.write(Buffer.from(text));

  it('are none if nothing was ever trained', async () => {
    const window = new LastPictures(join(folder, 'none'), '');
    strictEqual(await window.take(100), undefined);
    strictEqual(await window.othersHave(), false);
    await window.remove();
    await window.leave();
    await window.clear();
  });

  it('go to the next window on the same workspace, again and again', async () => {
    const first = open();
    await write(first, 'one');
    await write(first, 'two');
    await first.leave();
    strictEqual(await taken(open('file:///others')), undefined);
    const second = open();
    strictEqual(await taken(second), 'two');
    await second.leave(); // having written nothing itself
    const third = open();
    strictEqual(await taken(third), 'two');
    await third.remove();
    await third.leave();
    strictEqual(await taken(open()), undefined);
    deepStrictEqual(fs.readdirSync(folder), []);
  });

  it('stay with a living window, whatever another one does with its own', async () => {
    const [first, second] = [open(), open()];
    await write(first, 'first');
    strictEqual(await taken(second), undefined);
    strictEqual(await second.othersHave(), true);
    strictEqual(await first.othersHave(), false);
    await write(second, 'second');
    await second.leave();
    const reloaded = open();
    await write(first, 'first, later');
    strictEqual(await taken(reloaded), 'second');
    await first.leave();
    strictEqual(await taken(open()), 'first, later');
  });

  it('of a killed window go to one other window only', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']); // dead by now
    await write(open(undefined, `${hostname()} ${pid} a`), 'killed');
    const both = await Promise.all([taken(open()), taken(open())]);
    deepStrictEqual(both.filter(Boolean), ['killed']);
  });

  it('are handed out newest first if several windows have left some', async () => {
    for (const age of [20, 10, 30]) {
      const window = open();
      await write(window, `${age} s ago`);
      const then = Date.now() / 1000 - age;
      for (const name of fs.readdirSync(folder))
        if (!name.includes('left')) fs.utimesSync(join(folder, name), then, then);
      await window.leave();
    }
    const found = [await taken(open()), await taken(open()), await taken(open())];
    deepStrictEqual(found, ['10 s ago', '20 s ago', '30 s ago']);
  });

  it('count as empty if they are larger than any that was written', async () => {
    const window = open();
    await write(window, 'x'.repeat(101));
    await window.leave();
    strictEqual(await taken(open()), '');
  });

  it('get through although another program holds a file for a moment, at any call', async function () {
    this.timeout(60_000);
    for (const code of ['EPERM', 'EBUSY', 'EACCES']) {
      let hits = 0;
      for (let call = 0; call === 0 || hits > 0; call++) {
        const disk = holding(call, code);
        try {
          const first = open();
          await write(first, `${code} ${call}`);
          await first.leave();
          const second = open();
          strictEqual(await taken(second), `${code} ${call}`);
          await second.remove();
        } finally {
          hits = disk.letGo();
        }
        deepStrictEqual(fs.readdirSync(folder), [], `${code} at call ${call}`);
      }
    }
  });

  it('stay for the next window where this one cannot read them', async () => {
    const first = open();
    await write(first, 'first');
    await first.leave();
    const reading = fs.promises.open;
    fs.promises.open = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
    try {
      strictEqual(await taken(open()), undefined);
    } finally {
      fs.promises.open = reading;
    }
    strictEqual(await taken(open()), 'first');
  });

  it('are deleted when nobody has come back to them for a month', async () => {
    const [old, recent] = [open('old'), open('recent')];
    await write(old, 'old');
    const then = Date.now() / 1000 - 31 * 24 * 60 * 60;
    for (const name of fs.readdirSync(folder)) fs.utimesSync(join(folder, name), then, then);
    await write(recent, 'recent');
    await old.leave();
    await recent.leave();
    await open().clear();
    strictEqual(await taken(open('old')), undefined);
    strictEqual(await taken(open('recent')), 'recent');
  });
});

/** Makes one call to the disk fail, and the same one 50 ms later. @returns a function that ends that, and says how often it failed */
function holding(call: number, code: string): { readonly letGo: () => number } {
  const names = ['lstat', 'mkdir', 'open', 'readdir', 'rename', 'unlink', 'writeFile'] as const;
  const before = Object.fromEntries(names.map(name => [name, fs.promises[name] as (...args: unknown[]) => unknown]));
  let calls = 0;
  let hits = 0;
  let held: { readonly name: string; readonly until: number } | undefined;
  for (const [name, make] of Object.entries(before))
    Object.assign(fs.promises, {
      [name]: (...args: unknown[]) => {
        if (calls++ === call) held = { name, until: performance.now() + 50 };
        if (held?.name !== name || performance.now() >= held.until) return make(...args);
        hits++;
        return Promise.reject(Object.assign(new Error(code), { code }));
      },
    });
  return {
    letGo: () => {
      Object.assign(fs.promises, before);
      return hits;
    },
  };
}
