import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { decodeSafetensors, encodeSafetensors, readMetadata } from '../../../src/store/safetensors';
import { checkpoint } from './examples';

describe('a safetensors file', () => {
  const { variables: tensors } = checkpoint.model;

  it('has the length of the header, the header in JSON, and tensors without gaps, aligned to 8 bytes', () => {
    const bytes = Buffer.concat(encodeSafetensors({ metadata: { a: 'b' }, tensors }));
    const length = Number(bytes.readBigUInt64LE());
    strictEqual(length % 8, 0);
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, unknown>;
    deepStrictEqual(header.W, { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] });
    deepStrictEqual(header.b, { dtype: 'F32', shape: [], data_offsets: [24, 28] });
    strictEqual(bytes.length, 8 + length + 28);
  });

  it('gives its tensors and metadata back', () => {
    const bytes = Buffer.concat(encodeSafetensors({ metadata: { a: 'b' }, tensors }));
    deepStrictEqual(decodeSafetensors(bytes), { metadata: { a: 'b' }, tensors });
  });

  it('gives its metadata from its first bytes, if they are enough', () => {
    const bytes = Buffer.concat(encodeSafetensors({ metadata: { a: 'b' }, tensors }));
    const length = Number(bytes.readBigUInt64LE());
    strictEqual(readMetadata(bytes.subarray(0, 8 + length))?.a, 'b');
    strictEqual(readMetadata(bytes.subarray(0, 20)), undefined);
  });

  it('is never written with a header that is too long to be read back', () => {
    const metadata = { long: 'x'.repeat(64 * 2 ** 20) };
    throws(
      () => encodeSafetensors({ metadata, tensors }),
      /would take 64\.0 MB, and 64\.0 MB is the most that can be read/,
    );
  });
});
