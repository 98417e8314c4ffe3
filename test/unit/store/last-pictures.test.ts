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
