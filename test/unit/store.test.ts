import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { InputError } from '../../src/shared/errors';
import { presetById, withHyperparameters } from '../../src/shared/presets';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../src/store/checkpoint';
import { RunFolder } from '../../src/store/run-folder';
import { decodeRecord, encodeRecord, type RunRecord } from '../../src/store/run-record';
import { DamagedFileError, decodeSafetensors, encodeSafetensors, readMetadata } from '../../src/store/safetensors';
import { defaultRunOptions } from '../../src/shared/run';

const record: RunRecord = {
  id: 'a',
  source: { name: 'names.txt', uri: 'file:///names.txt' },
  preset: withHyperparameters(presetById('mlp-part2'), { nHidden: 8 }),
  options: defaultRunOptions,
  names: 'hash',
  created: 1,
};
const checkpoint: Checkpoint = {
  ...{ id: 'a', step: 3, status: 'running', engine: 'compiled, simd' },
  evaluations: [{ step: 2, train: null, dev: 2.5 }],
  losses: Float32Array.of(3, 2, NaN),
  model: {
    step: 3,
    variables: {
      W: { shape: [2, 3], values: Float32Array.of(1, -2, 3e-40, Infinity, 5, -0) },
      b: { shape: [], values: Float32Array.of(7) },
    },
    generator: Uint32Array.of(1, 2 ** 32 - 1),
  },
};
const bytesOf = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

describe('what is stored', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(join(tmpdir(), 'makemore-store-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('comes back to the last bit', () => {
    deepStrictEqual(decodeCheckpoint(bytesOf(encodeCheckpoint(checkpoint))), checkpoint);
    deepStrictEqual(decodeRecord(encodeRecord(record)), record);
  });

  it('is safetensors: a length, JSON, and tensors without gaps, aligned to 8 bytes', () => {
    const bytes = bytesOf(encodeSafetensors({ metadata: { a: 'b' }, tensors: checkpoint.model.variables }));
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    strictEqual(length % 8, 0);
    const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()) as Record<string, unknown>;
    deepStrictEqual(header.W, { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] });
    deepStrictEqual(header.b, { dtype: 'F32', shape: [], data_offsets: [24, 28] });
    strictEqual(bytes.length, 8 + length + 28);
    strictEqual(readMetadata(bytes.subarray(0, 8 + length))?.a, 'b');
    strictEqual(readMetadata(bytes.subarray(0, 20)), undefined);
  });

  it('is refused whatever bit of it is flipped and wherever it is cut off', () => {
    const whole = bytesOf(encodeCheckpoint(checkpoint));
    decodeCheckpoint(whole); // which is good as it is
    for (let length = 0; length < whole.length; length++)
      throws(() => decodeCheckpoint(whole.slice(0, length)), DamagedFileError, `cut off at ${length}`);
    throws(() => decodeCheckpoint(bytesOf([whole, Uint8Array.of(0)])), DamagedFileError);
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const damaged = whole.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      throws(() => decodeCheckpoint(damaged), DamagedFileError, `bit ${bit} flipped`);
    }
    console.log(`      ${8 * whole.length} bits flipped, cut off at ${whole.length} lengths`);
  });

  it('never makes a reader throw anything else, whatever it is', () => {
    const json = fc.json().map(text => new TextEncoder().encode(text));
    const framed = json.map(text => {
      const head = new Uint8Array(8);
      new DataView(head.buffer).setBigUint64(0, BigInt(text.length), true);
      return bytesOf([head, text]);
    });
    const only = (read: () => unknown): void => {
      try {
        read();
      } catch (error) {
        ok(error instanceof DamagedFileError, String(error));
      }
    };
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), json, framed), bytes => {
        only(() => decodeSafetensors(bytes));
        only(() => decodeCheckpoint(bytes));
        only(() => readMetadata(bytes));
        only(() => decodeRecord(new TextDecoder().decode(bytes)));
      }),
      { numRuns: 5000 },
    );
  });

  it('is told with its file and its fault where it cannot be used', () => {
    const run = new RunFolder(fs, folder);
    const problem = (): string => {
      try {
        run.read();
      } catch (error) {
        ok(error instanceof InputError, String(error));
        return error.message;
      }
      throw new Error('it was read');
    };
    match(problem(), /run\.json cannot be read .*ENOENT/);
    const written = run.create(record, 'emma\nolivia\n');
    match(problem(), /checkpoint\.safetensors cannot be read/);
    run.writeCheckpoint(checkpoint);
    deepStrictEqual(run.read(), { record: written, text: 'emma\nolivia\n', checkpoint });
    const { step, status, loss } = run.readSummary();
    deepStrictEqual([step, status, loss], [3, 'running', null]); // the last loss is no number
    run.writeCheckpoint({ ...checkpoint, id: 'b' });
    match(problem(), /belongs to another run/);
    fs.writeFileSync(join(folder, 'names.txt'), 'mia\n');
    match(problem(), /names\.txt is damaged .*not the text/);
    run.keepAside();
    ok(fs.existsSync(join(folder, 'checkpoint.safetensors.damaged')));
  });
});
