/**
 * Hugging Face's safetensors format: the length of the header in eight bytes, the header in JSON, and then the tensors
 * without gaps. Reading a file executes nothing in it, and many programs can read it.
 */
import { createHash } from 'node:crypto';
import { InputError } from '../shared/errors';
import { formatBytes } from '../shared/limits';
import { isNatural, isFields } from '../shared/fields';

export type Tensors = Readonly<Record<string, StoredTensor>>;

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Uint32Array;
}

interface SafetensorsFile {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A file that is not as it was written: it is cut off, changed, or of another kind. */
export class DamagedFileError extends Error {}

/** What the header says of the whole file: no tensor can be called so. */
export const metadataKey = '__metadata__';
/** A longer header is refused before it is parsed. */
const mostHeaderBytes = 64 * 2 ** 20;
const prefixBytes = 8;
const noChecksum = '0'.repeat(64);
const dtypes = { F32: Float32Array, U32: Uint32Array } as const;

/**
 * @returns the parts of the file in their order
 * @throws InputError if the header would be too long to be read back
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array[] {
  let end = 0;
  const entries = Object.entries(tensors).map(([name, { shape, values }]) => {
    const begin = end;
    end += values.byteLength;
    const dtype = values instanceof Float32Array ? 'F32' : 'U32';
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const data = Object.values(tensors).map(({ values }) => bytesOf(values));
  const headOf = (checksum: string): Uint8Array => {
    const header = { [metadataKey]: { ...metadata, checksum }, ...Object.fromEntries(entries) };
    const text = new TextEncoder().encode(JSON.stringify(header));
    if (text.length > mostHeaderBytes)
      throw new InputError(
        `The header of the tensors would take ${formatBytes(text.length)}, and ${formatBytes(mostHeaderBytes)} is the most that can be read back.`,
      );
    const head = new Uint8Array(prefixBytes + 8 * Math.ceil(text.length / 8)).fill(0x20); // spaces keep the data aligned
    new DataView(head.buffer).setBigUint64(0, BigInt(head.length - prefixBytes), true);
    head.set(text, prefixBytes);
    return head;
  };
  return [headOf(checksumOf([headOf(noChecksum), ...data])), ...data];
}

/**
 * @returns the tensors, as copies, and the metadata without the checksum
 * @throws DamagedFileError for anything that `encodeSafetensors` has not written
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  const header = parseHeader(bytes);
  const { [metadataKey]: given, ...entries } = header;
  if (!isStrings(given)) throw new DamagedFileError('it has no metadata');
  const { checksum = '', ...metadata } = given;
  const data = bytes.subarray(headBytes(bytes));
  verifyChecksum(bytes, checksum);
  let end = 0;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const tensor = parseTensor(entry, data, end);
    end += tensor.values.byteLength;
    return [name, tensor] as const;
  });
  if (end !== data.length) throw new DamagedFileError(`${data.length - end} bytes belong to no tensor`);
  return { tensors: Object.fromEntries(tensors), metadata };
}

/**
 * The metadata alone, for a list of many files. The checksum is not verified, since that takes the whole file.
 *
 * @param bytes the beginning of a file
 * @returns undefined if it takes more bytes
 * @throws DamagedFileError
 */
export function readMetadata(bytes: Uint8Array): Readonly<Record<string, string>> | undefined {
  if (bytes.length < prefixBytes || bytes.length < headBytes(bytes)) return undefined;
  const { [metadataKey]: metadata } = parseHeader(bytes);
  if (!isStrings(metadata)) throw new DamagedFileError('it has no metadata');
  return metadata;
}

/** How many bytes of a file come before its tensors, given at least its first eight. @throws DamagedFileError */
export function headBytes(bytes: Uint8Array): number {
  return prefixBytes + headerLength(bytes);
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < prefixBytes) throw new DamagedFileError('it is cut off');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > mostHeaderBytes) throw new DamagedFileError('its header is too long');
  return length;
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const text = bytes.subarray(prefixBytes, headBytes(bytes));
  if (text.length < headerLength(bytes)) throw new DamagedFileError('it is cut off');
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
    if (isFields(header)) return header;
  } catch {
    // thrown below
  }
  throw new DamagedFileError('its header cannot be read');
}

/** The checksum covers the whole file, with zeros in place of itself. */
function verifyChecksum(bytes: Uint8Array, checksum: string): void {
  const place = Buffer.from(bytes.buffer, bytes.byteOffset, headBytes(bytes)).indexOf(checksum);
  if (checksum.length !== noChecksum.length || place < 0) throw new DamagedFileError('it has no checksum');
  const parts = [
    bytes.subarray(0, place),
    new TextEncoder().encode(noChecksum),
    bytes.subarray(place + checksum.length),
  ];
  if (checksumOf(parts) !== checksum) throw new DamagedFileError('its checksum is wrong');
}

function parseTensor(entry: unknown, data: Uint8Array, expected: number): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = isFields(entry) ? entry : {};
  if (!isSizes(shape) || !isSizes(offsets) || (dtype !== 'F32' && dtype !== 'U32'))
    throw new DamagedFileError('a tensor is described wrongly');
  const [begin = 0, end = 0] = offsets;
  const length = shape.reduce((product, n) => product * n, 1);
  if (offsets.length !== 2 || begin !== expected || end !== begin + 4 * length || end > data.length)
    throw new DamagedFileError('a tensor is not where it should be');
  const values = new dtypes[dtype](length);
  bytesOf(values).set(data.subarray(begin, end)); // a copy, since the bytes need not be aligned
  return { shape, values };
}

function checksumOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isNatural);
}

function isStrings(value: unknown): value is Readonly<Record<string, string>> {
  return isFields(value) && Object.values(value).every(v => typeof v === 'string');
}
