/** Stored files that say anything at all, though their checksums are right. */
import { ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { at } from '../../../src/shared/at';
import { DamagedFileError } from '../../../src/store/safetensors';
import { slotsIn } from '../slots-in';

/** Calls what may only return or refuse the file as damaged. @returns what was read, undefined if it was refused */
export function readOrRefuse<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    ok(error instanceof DamagedFileError, String(error));
    ok(error.message.length < 1000, error.message);
    return undefined;
  }
}

/** Other values to put into a file, each with the number of its place. */
export type Changes = readonly (readonly [place: number, value: unknown])[];

/** It stands for arrays nested so deeply that a recursive reader would overflow its stack. */
const deepMark = '"deep"';
const deepText = '['.repeat(20_000) + ']'.repeat(20_000);
const values = [null, -1, -0, 0.5, 1, 2, 1e300, 2 ** 53, 2 ** 31, '', '1', 'F32', 'U32', 'I64', true, [], {}];
const sizes = [[2 ** 40, 0], [2 ** 30, 2 ** 30], [0, 2 ** 60], [-4, 0], { toString: 1, valueOf: 1 }];
const others: readonly unknown[] = [
  'deep',
  JSON.parse('{"__proto__": {"shape": [1]}}'),
  'x'.repeat(20_000),
  '__proto__',
];
const hostile = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(...values),
  fc.constantFrom<unknown>(...sizes),
  fc.constantFrom<unknown>(...others),
);

export const changes: fc.Arbitrary<Changes> = fc.array(fc.tuple(fc.nat(), hostile), { minLength: 1, maxLength: 3 });

function change(value: object, inPlaces: Changes): void {
  const slots = slotsIn(value);
  for (const [place, other] of inPlaces) {
    const { holder, key } = at(slots, place % slots.length);
    Object.defineProperty(holder, key, { value: other, enumerable: true, configurable: true, writable: true });
  }
}

/** The text of a record with changes, signed anew. */
export function changedRecord(text: string, inPlaces: Changes): string {
  const fields = JSON.parse(text) as object;
  change(fields, inPlaces);
  const changed = JSON.stringify(fields, undefined, 2).replaceAll(deepMark, deepText);
  const unsigned = changed.replace(/(?<="checksum": ")[0-9a-f]{64}/, zeros);
  return unsigned.replace(zeros, sha256(unsigned));
}

/**
 * A checkpoint with changes in its header, signed anew.
 *
 * @param more how many bytes longer its data is, or shorter
 * @param length of the header, as it is written in front; undefined for the right one
 */
export function changedCheckpoint(whole: Uint8Array, inHeader: Changes, more: number, length?: bigint): Buffer {
  const headerLength = Number(new DataView(whole.buffer, whole.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(Buffer.from(whole.subarray(8, 8 + headerLength)).toString()) as {
    __metadata__: { state: string | object; checksum: string };
  };
  // The state is JSON in JSON.
  const state = JSON.parse(header.__metadata__.state as string) as object;
  header.__metadata__.state = state;
  change(header, inHeader);
  const metadata = header.__metadata__ as { state?: unknown; checksum?: unknown } | null | undefined;
  if (metadata?.state === state) metadata.state = JSON.stringify(state).replaceAll(deepMark, deepText);
  if (metadata?.checksum !== undefined) metadata.checksum = zeros;
  const text = Buffer.from(JSON.stringify(header).replaceAll(deepMark, deepText));
  const front = Buffer.alloc(8);
  front.writeBigUInt64LE(length ?? BigInt(text.length));
  const data = whole.subarray(8 + headerLength, whole.length + Math.min(0, more));
  const file = Buffer.concat([front, text, data, Buffer.alloc(Math.max(0, more))]);
  const place = file.indexOf(zeros);
  if (place >= 0) file.write(sha256(file), place);
  return file;
}

const zeros = '0'.repeat(64);

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
