import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../../src/shared/errors';
import { RunFolder } from '../../../src/store/run-folder';
import { checkpoint, record } from './examples';
import { intercepted } from './intercepted';

const text = 'emma\nolivia\n';

describe('the folder of a run', () => {
  let folder: string;
  let run: RunFolder;
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-folder-'));
    run = new RunFolder(fs, folder);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function refusal(): string {
    try {
      run.read();
    } catch (error) {
      ok(error instanceof InputError, String(error));
      return error.message;
    }
    throw new Error('it was read');
  }

  it('gives back what was written into it', () => {
    const written = run.create(record, text);
    run.writeCheckpoint(checkpoint);
    deepStrictEqual(run.read(), { record: written, text, checkpoint });
  });

  it('gives a summary with the mean of the last losses, or null if they are not all numbers', () => {
    run.create(record, text);
    run.writeCheckpoint(checkpoint);
    const { step, status, loss } = run.readSummary();
    deepStrictEqual([step, status, loss], [3, 'running', null]);
    run.writeCheckpoint({ ...checkpoint, losses: Float32Array.of(4, 3, 2) });
    strictEqual(run.readSummary().loss, 3);
  });

  it('is refused in a sentence that names the file and what is wrong with it', () => {
    match(refusal(), /run\.json cannot be read .*ENOENT/);
    run.create(record, text);
    match(refusal(), /checkpoint\.safetensors cannot be read/);
    run.writeCheckpoint({ ...checkpoint, id: 'b' });
    match(refusal(), /checkpoint\.safetensors is damaged \(it belongs to another run\)/);
    fs.writeFileSync(join(folder, 'names.txt'), 'mia\n');
    match(refusal(), /names\.txt is damaged \(it is not the text that the run learned\)/);
  });

  it('keeps a checkpoint aside under another name', () => {
    run.create(record, text);
    run.writeCheckpoint(checkpoint);
    strictEqual(run.keepAside(), 'checkpoint.safetensors.damaged');
    deepStrictEqual(fs.readdirSync(folder).sort(), ['checkpoint.safetensors.damaged', 'names.txt', 'run.json']);
  });

  it('is read in no more memory than its files take, whatever their headers say', () => {
    let most = 0;
    const system = intercepted(fs, ({ args, make }) => {
      for (const bytes of args) if (bytes instanceof Uint8Array) most = Math.max(most, bytes.buffer.byteLength);
      return make();
    });
    const bytes = Buffer.alloc(2 ** 17);
    bytes.writeBigUInt64LE(60n * 2n ** 20n);
    fs.writeFileSync(join(folder, 'checkpoint.safetensors'), bytes);
    throws(() => new RunFolder(system, folder).readSummary(), /checkpoint\.safetensors is damaged \(it is cut off\)/);
    strictEqual(most, bytes.length);
  });
});
