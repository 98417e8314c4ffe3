import { deepStrictEqual, doesNotThrow, throws } from 'node:assert/strict';
import { checkFileSize, formatBytes, parseBytes } from '../../../src/shared/limits';

describe('a file that is too large', () => {
  it('is refused from its size', () => {
    doesNotThrow(() => checkFileSize('names.txt', 50 * 2 ** 20));
    throws(() => checkFileSize('names.txt', 50 * 2 ** 20 + 1), /names\.txt has 50\.0 MB, and 50\.0 MB is the most/);
  });

  it('has its size in plain words', () => {
    deepStrictEqual([12, 1536, 2 ** 31].map(formatBytes), ['12 bytes', '1.5 KB', '2.0 GB']);
  });
});

describe('a size that a person types', () => {
  it('is a number with its unit', () => {
    deepStrictEqual(['1GB', '1.5 gb', ' 512MB', '3KB'].map(parseBytes), [2 ** 30, 1.5 * 2 ** 30, 2 ** 29, 3072]);
    for (const text of ['', '1', 'GB', '-1GB', '0MB', '1 GB of it', '1e3KB'])
      deepStrictEqual(parseBytes(text), undefined);
  });
});
