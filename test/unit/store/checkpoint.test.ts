import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { decodeCheckpoint, decodeSummary, encodeCheckpoint, type Checkpoint } from '../../../src/store/checkpoint';
import { DamagedFileError, decodeSafetensors, readMetadata } from '../../../src/store/safetensors';
import { anyCheckpoint, checkpoint } from './examples';
import { changedCheckpoint, changes, readOrRefuse } from './hostile';

const encode = (given: Checkpoint): Uint8Array => Buffer.concat(encodeCheckpoint(given));

describe('a checkpoint', () => {
  it('comes back from its file to the last bit', () => {
    deepStrictEqual(decodeCheckpoint(encode(checkpoint)), checkpoint);
  });

  it('comes back to the last bit, whatever is in it', () => {
    const runs = { numRuns: 2000 };
    fc.assert(
      fc.property(anyCheckpoint, whole => {
        deepStrictEqual(decodeCheckpoint(encode(whole)), whole);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} checkpoints`);
  });

  it('can be read as version 0.1.0 has written it', () => {
    const state = String.raw`{\"id\":\"a\",\"step\":2,\"status\":\"paused\",\"engine\":\"compiled, simd\",\"loss\":2.5,\"evaluations\":[{\"step\":2,\"dev\":2.5}]}`;
    const checksum = '9a913517d97dd563af6c223541b4cf571bceee94b7ae43cb4f1620a24521379d';
    const header =
      `{"__metadata__":{"format":"1","state":"${state}","checksum":"${checksum}"},` +
      '"variable:W":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},' +
      '"generator":{"dtype":"U32","shape":[1],"data_offsets":[8,12]},' +
      '"losses":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}} ';
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const data = Buffer.from('0000003f000080bf070000000000404000000040', 'hex');
    deepStrictEqual(decodeCheckpoint(Buffer.concat([length, Buffer.from(header), data])), {
      id: 'a',
      step: 2,
      status: 'paused',
      flavor: 'compiled, simd',
      evaluations: [{ step: 2, dev: 2.5 }],
      losses: Float32Array.of(3, 2),
      model: {
        step: 2,
        variables: { W: { shape: [1, 2], values: Float32Array.of(0.5, -1) } },
        generator: Uint32Array.of(7),
      },
    });
  });

  it('tells of its run, and loses nothing where that is missing or cannot be read', () => {
    const facts = { names: 5, notes: ['2 lines were skipped.'], vocabSize: 27, parameterCount: 3 };
    const counted = { letters: 2.8, bigrams: 2.4 };
    const read = (written: unknown): unknown =>
      decodeCheckpoint(encode({ ...checkpoint, facts: written as never })).facts;
    deepStrictEqual(read(facts), facts);
    deepStrictEqual(read({ ...facts, countedLosses: counted }), { ...facts, countedLosses: counted });
    deepStrictEqual(read({ ...facts, countedLosses: { letters: 'none' } }), facts);
    for (const wrong of [undefined, 7, { ...facts, names: -1 }, { ...facts, notes: 'a' }, { ...facts, notes: [7] }])
      strictEqual(read(wrong), undefined);
  });

  it('is refused if any bit of it is flipped, or if it is cut off anywhere', () => {
    const whole = encode(checkpoint);
    for (let length = 0; length < whole.length; length++)
      throws(() => decodeCheckpoint(whole.slice(0, length)), DamagedFileError, `cut off at ${length}`);
    throws(() => decodeCheckpoint(Buffer.concat([whole, Uint8Array.of(0)])), DamagedFileError);
    for (const [place, byte] of whole.entries())
      for (let bit = 0; bit < 8; bit++) {
        const damaged = Uint8Array.from(whole);
        damaged[place] = byte ^ (1 << bit);
        throws(() => decodeCheckpoint(damaged), DamagedFileError, `bit ${bit} of byte ${place} flipped`);
      }
    console.log(`      ${8 * whole.length} bits flipped, cut off at ${whole.length} lengths`);
  });

  it('is refused if it does not have one loss for each step', () => {
    throws(() => decodeCheckpoint(encode({ ...checkpoint, step: 4 })), /it has 3 losses of 4 steps/);
  });

  it('is refused if its smoothing cannot be added to counts', () => {
    for (const smoothing of [-1, '1', null] as number[])
      throws(
        () => decodeCheckpoint(encode({ ...checkpoint, model: { ...checkpoint.model, smoothing } })),
        /its smoothing is (-1|1|null)/,
      );
  });

  it('is refused if a text in it is too long or would move the cursor of a terminal, or a variable is called as the metadata', () => {
    const variable = { shape: [1], values: Float32Array.of(1) };
    const forged: Partial<Checkpoint>[] = [
      ...['compiled\u001b[2J', 'compiled\nsimd', 'compiled\u009b', 'compiled\u2028', 'x'.repeat(201), ''].map(
        flavor => ({ flavor }),
      ),
      { id: 'a\u0007' },
      ...['__metadata__', 'W\u001b]0;', 'W'.repeat(201)].map(name => ({
        model: { ...checkpoint.model, variables: { [name]: variable } },
      })),
    ];
    for (const change of forged)
      throws(() => decodeCheckpoint(encode({ ...checkpoint, ...change })), DamagedFileError, JSON.stringify(change));
  });

  it('is refused as damaged if it is any other file', () => {
    const json = fc.json().map(text => new TextEncoder().encode(text));
    const framed = json.map(text => {
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(text.length));
      return Buffer.concat([length, text]);
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), json, framed), bytes => {
        readOrRefuse(() => decodeSafetensors(bytes));
        strictEqual(
          readOrRefuse(() => decodeCheckpoint(bytes)),
          undefined,
        );
        readOrRefuse(() => readMetadata(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it('is usable or refused, whatever its header says under a right checksum', () => {
    const runs = { numRuns: 2000 };
    const tail = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -40, max: 40 }));
    const length = fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.bigInt({ min: 0n, max: 2000n }),
    );
    let usable = 0;
    fc.assert(
      fc.property(anyCheckpoint, changes, tail, length, (whole, inHeader, more, written) => {
        const bytes = changedCheckpoint(encode(whole), inHeader, more, written);
        readOrRefuse(() => decodeSummary(readMetadata(bytes.subarray(0, 3000)) ?? {}));
        const read = readOrRefuse(() => decodeCheckpoint(bytes));
        if (!read) return;
        usable++;
        checkUsable(read);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} changed headers, ${usable} of them usable`);
    ok(usable > 0 && usable < runs.numRuns);
  });
});

function checkUsable({ id, step, status, flavor, evaluations, losses, model }: Checkpoint): void {
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
}
