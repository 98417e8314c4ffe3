import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { InputError } from '../../../src/shared/errors';
import { hyperparameterProblem, type HyperparameterName } from '../../../src/shared/hyperparameters';
import { presetById, withHyperparameters } from '../../../src/shared/presets';
import { boundaryProblem, defaultRunOptions, splitProblem } from '../../../src/shared/run';
import { decodeCheckpoint, decodeSummary, encodeCheckpoint, type Checkpoint } from '../../../src/store/checkpoint';
import { RunFolder } from '../../../src/store/run-folder';
import { decodeRecord, encodeRecord, type RunRecord } from '../../../src/store/run-record';
import { DamagedFileError, decodeSafetensors, encodeSafetensors, readMetadata } from '../../../src/store/safetensors';
import { slotsIn } from '../slots-in';

const record: RunRecord = {
  id: 'a',
  source: { name: 'names.txt', uri: 'file:///names.txt' },
  preset: withHyperparameters(presetById('mlp-part2'), { nHidden: 8 }),
  options: defaultRunOptions,
  names: 'hash',
  created: 1,
};
const checkpoint: Checkpoint = {
  id: 'a',
  step: 3,
  status: 'running',
  flavor: 'compiled, simd',
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

  it('is never written with a header that is too long to be read back', () => {
    const { tensors } = decodeSafetensors(bytesOf(encodeCheckpoint(checkpoint)));
    const metadata = { long: 'x'.repeat(64 * 2 ** 20) };
    throws(
      () => encodeSafetensors({ metadata, tensors }),
      /would take 64\.0 MB, and 64\.0 MB is the most that can be read/,
    );
  });

  it('is read in no more room than its file takes, whatever its header says', () => {
    const run = new RunFolder({ ...fs, readSync: (...args: unknown[]) => read(...args) }, folder);
    let most = 0;
    const read = (...args: unknown[]): number => {
      most = Math.max(most, (args[1] as Uint8Array).buffer.byteLength);
      return (fs.readSync as (...all: unknown[]) => number)(...args);
    };
    const bytes = Buffer.alloc(2 ** 17);
    bytes.writeBigUInt64LE(60n * 2n ** 20n);
    fs.writeFileSync(join(folder, 'checkpoint.safetensors'), bytes);
    throws(() => run.readSummary(), /checkpoint\.safetensors is damaged \(it is cut off\)/);
    strictEqual(most, bytes.length);
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

  it('is refused where its losses are not those of its steps, or its smoothing is no count', () => {
    const written = (changed: Partial<Checkpoint>): Uint8Array =>
      bytesOf(encodeCheckpoint({ ...checkpoint, ...changed }));
    throws(() => decodeCheckpoint(written({ step: 4 })), /it has 3 losses of 4 steps/);
    for (const smoothing of [-1, '1', null] as number[])
      throws(
        () => decodeCheckpoint(written({ model: { ...checkpoint.model, smoothing } })),
        /its smoothing is (-1|1|null)/,
      );
  });

  it('never makes a reader throw anything else, whatever it is', () => {
    const json = fc.json().map(text => new TextEncoder().encode(text));
    const framed = json.map(text => {
      const head = new Uint8Array(8);
      new DataView(head.buffer).setBigUint64(0, BigInt(text.length), true);
      return bytesOf([head, text]);
    });
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

  it('comes back to the last bit, any of it', () => {
    const runs = { numRuns: 2000 };
    fc.assert(
      fc.property(anyCheckpoint, whole => {
        deepStrictEqual(decodeCheckpoint(bytesOf(encodeCheckpoint(whole))), whole);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} checkpoints`);
  });

  it('is used or refused whatever its header says, though its checksum is right', () => {
    const runs = { numRuns: 5000 };
    const tail = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -40, max: 40 }));
    const length = fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.bigInt({ min: 0n, max: 2000n }),
    );
    let taken = 0;
    fc.assert(
      fc.property(anyCheckpoint, changes, tail, length, (whole, inHeader, more, written) => {
        const bytes = signed(bytesOf(encodeCheckpoint(whole)), inHeader, more, written);
        only(() => decodeSummary(readMetadata(bytes.subarray(0, 3000)) ?? {}));
        const read = only(() => decodeCheckpoint(bytes));
        if (!read) return;
        taken++;
        const { id, step, status, flavor, evaluations, losses, model } = read;
        ok(Number.isSafeInteger(step) && step >= 0 && model.step === step);
        ok(typeof id === 'string' && typeof flavor === 'string' && typeof status === 'string');
        ok(losses.length === step && Number.isFinite(model.smoothing ?? 0) && (model.smoothing ?? 0) >= 0);
        ok(losses instanceof Float32Array && evaluations.every(evaluation => evaluation.step >= 0));
        for (const { shape, values } of Object.values(model.variables)) {
          ok(values instanceof Float32Array);
          strictEqual(
            values.length,
            shape.reduce((product, n) => product * n, 1),
          );
        }
        strictEqual(Object.getPrototypeOf(model.variables), Object.prototype);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} headers with something else in them, ${taken} of them taken`);
    ok(taken > 0 && taken < runs.numRuns);
  });

  it('is used or refused whatever the record says, though its checksum is right', () => {
    const runs = { numRuns: 5000 };
    let taken = 0;
    fc.assert(
      fc.property(changes, inRecord => {
        const fields = JSON.parse(encodeRecord(record)) as object;
        change(fields, inRecord);
        const text = JSON.stringify(fields, undefined, 2).replaceAll(deepMark, deepText);
        const read = only(() => decodeRecord(resigned(text)));
        if (!read) return;
        taken++;
        strictEqual(boundaryProblem(read.options.boundary), undefined);
        strictEqual(splitProblem(read.options.split), undefined);
        for (const [name, value] of Object.entries(read.preset.hyperparameters))
          strictEqual(hyperparameterProblem(name as HyperparameterName, value), undefined);
        for (const known of [read.id, read.names, read.source.name, read.source.uri]) ok(known.length > 0);
        deepStrictEqual(decodeRecord(encodeRecord(read)), read);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} records with something else in them, ${taken} of them taken`);
    ok(taken > 0 && taken < runs.numRuns);
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

/** @returns what was read, or undefined where it is refused as damaged, which is all that may happen */
function only<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    ok(error instanceof DamagedFileError, String(error));
    ok(error.message.length < 1000, error.message);
    return undefined;
  }
}

const name = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('__proto__', 'constructor', 'losses', 'W.exp_avg'));
const float32 = fc.float32Array({ maxLength: 12 }).map(values => values.map(Math.fround));
const anyTensor = fc.oneof(
  float32.map(values => ({ shape: [values.length], values })),
  float32.map(values => ({ shape: [values.length, 1], values })),
  fc.constant({ shape: [0, 5], values: new Float32Array(0) }),
);
/** As JSON has them, which knows no -0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(n => n + 0);
const smoothing = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
const loss = fc.option(number);
const anyEvaluation = fc.record({ step: fc.nat(), train: loss, dev: loss, test: loss }, { noNullPrototype: true });
const anyCheckpoint: fc.Arbitrary<Checkpoint> = fc
  .tuple(
    fc.record(
      {
        id: fc.string(),
        status: fc.constantFrom('running', 'paused', 'finished', 'stopped'),
        flavor: fc.string({ unit: 'binary' }),
        evaluations: fc.array(anyEvaluation, { maxLength: 3 }),
        losses: float32,
      },
      { noNullPrototype: true },
    ),
    fc.dictionary(name, anyTensor, { maxKeys: 4, noNullPrototype: true }),
    fc.option(fc.uint32Array({ maxLength: 5 }), { nil: undefined }),
    fc.option(smoothing, { nil: undefined }),
  )
  .map(([state, variables, generator, smoothing]) => {
    const drawn = { ...(generator && { generator }), ...(smoothing !== undefined && { smoothing }) };
    const step = state.losses.length;
    return { ...state, step, model: { step, variables, ...drawn } };
  });

/** It stands for an array so deep that whoever goes down into it by calling itself does not come back. */
const deepMark = '"deep"';
const deepText = '['.repeat(20_000) + ']'.repeat(20_000);
const hostile = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(
    null,
    -1,
    -0,
    0.5,
    1,
    2,
    1e300,
    2 ** 53,
    2 ** 31,
    '',
    '1',
    'F32',
    'U32',
    'I64',
    true,
    [],
    {},
  ),
  fc.constantFrom<unknown>([2 ** 40, 0], [2 ** 30, 2 ** 30], [0, 2 ** 60], [-4, 0], { toString: 1, valueOf: 1 }),
  fc.constantFrom<unknown>('deep', JSON.parse('{"__proto__": {"shape": [1]}}'), 'x'.repeat(20_000), '__proto__'),
);
const changes = fc.array(fc.tuple(fc.nat(), hostile), { minLength: 1, maxLength: 3 });

/** Puts something else into places of a value. */
function change(value: object, inPlaces: readonly (readonly [number, unknown])[]): void {
  const places = slotsIn(value);
  for (const [at, other] of inPlaces) {
    const { holder, key } = places[at % places.length];
    Object.defineProperty(holder, key, { value: other, enumerable: true, configurable: true, writable: true });
  }
}

/** The file with another header, with its data longer or shorter, or another length in front; its checksum is right. */
function signed(
  whole: Uint8Array,
  inHeader: readonly (readonly [number, unknown])[],
  more: number,
  written: bigint | undefined,
): Buffer {
  const length = Number(new DataView(whole.buffer, whole.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(Buffer.from(whole.subarray(8, 8 + length)).toString()) as {
    __metadata__: { state: string | object; checksum: string };
  };
  // What stands in the state is JSON in JSON.
  const state = JSON.parse(header.__metadata__.state as string) as object;
  header.__metadata__.state = state;
  change(header, inHeader);
  const metadata = header.__metadata__ as { state?: unknown; checksum?: unknown } | null | undefined;
  if (metadata?.state === state) metadata.state = JSON.stringify(state).replaceAll(deepMark, deepText);
  if (metadata?.checksum !== undefined) metadata.checksum = zeros;
  const text = Buffer.from(JSON.stringify(header).replaceAll(deepMark, deepText));
  const front = Buffer.alloc(8);
  front.writeBigUInt64LE(written ?? BigInt(text.length));
  const data = whole.subarray(8 + length, whole.length + Math.min(0, more));
  const file = Buffer.concat([front, text, data, Buffer.alloc(Math.max(0, more))]);
  const at = file.indexOf(zeros);
  if (at >= 0) file.write(sha256(file), at);
  return file;
}

const zeros = '0'.repeat(64);
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

function resigned(text: string): string {
  const unsigned = text.replace(/(?<="checksum": ")[0-9a-f]{64}/, zeros);
  return unsigned.replace(zeros, sha256(unsigned));
}
