import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { hyperparameterProblem, hyperparameters } from '../../../src/shared/hyperparameters';
import { choice, parseNumber, real, refusal, seed, toggle, whole } from '../../../src/shared/kinds';

describe('a number that was typed', () => {
  it('is read as people write it, with groups of thousands too', () => {
    const read = [
      '5',
      ' 0.05 ',
      '.5',
      '5.',
      '-1',
      '+2',
      '1e-3',
      '1,024',
      '200 000',
      '1,234,567.5',
      '200\u202f000',
      '007',
    ];
    deepStrictEqual(read.map(parseNumber), [5, 0.05, 0.5, 5, -1, 2, 0.001, 1024, 200000, 1234567.5, 200000, 7]);
  });

  it('is nothing else: no hexadecimal, no comma for a point, nothing that a double cannot be', () => {
    const refused = [
      '',
      ' ',
      '0x40',
      '0b1',
      '1e-400',
      '1e400',
      '9'.repeat(400),
      '0,05',
      '1,02',
      '1,0240',
      '1 2',
      '1_000',
    ];
    for (const typed of [...refused, 'NaN', 'Infinity', '-Infinity', '--1', '1e', '９', '9007199254740993'])
      strictEqual(parseNumber(typed), undefined, typed);
    deepStrictEqual(['0', '-0.0', '0e9', '0.000'].map(parseNumber), [0, -0, 0, 0]);
  });

  it('is any number that was printed', () => {
    const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
    const isKept = (n: number): boolean => !Number.isInteger(n) || Number.isSafeInteger(n);
    fc.assert(fc.property(numbers.filter(isKept), n => strictEqual(parseNumber(`${n}`), n === 0 ? 0 : n)));
    fc.assert(fc.property(fc.maxSafeInteger(), n => strictEqual(parseNumber(n.toLocaleString('en-US')), n)));
  });
});

describe('a kind of value', () => {
  it('quotes what stands there, and says both bounds or all choices', () => {
    strictEqual(
      refusal('--n', whole(0, 1e9), '-1'),
      '--n must be a whole number from 0 to 1,000,000,000, but it is "-1".',
    );
    strictEqual(refusal('rate', real(0, 1), NaN), 'rate must be a number from 0 to 1, but it is NaN.');
    strictEqual(refusal('x', choice(['a', 'b']), 'c'), 'x must be a or b, but it is "c".');
    strictEqual(refusal('x', choice(['a', 'b', 'c']), {}), 'x must be a, b, or c, but it is an object.');
    strictEqual(refusal('x', toggle, 'yes'), 'x must be true or false, but it is "yes".');
    const digits = '9'.repeat(400);
    strictEqual(
      hyperparameterProblem('maxSteps', digits),
      `steps (max_steps) must be a whole number from 0 to 1,000,000,000, but it is "${'9'.repeat(100)}\u2026".`,
    );
  });

  it('reads its ends, and nothing beyond them', () => {
    for (const kind of [whole(-1, 5), real(-1, 5)]) {
      deepStrictEqual(['-1', '5', '-2', '6', '5.5'].map(kind.parse), [-1, 5, undefined, undefined, undefined]);
      deepStrictEqual([-1, 5, '5', null].map(kind.read), [-1, 5, undefined, undefined]);
    }
    deepStrictEqual([whole(0, 1).parse('0.5'), real(0, 1).parse('0.5')], [undefined, 0.5]);
  });

  it('is a seed as PyTorch takes it', () => {
    const ends = [
      '-9223372036854775808',
      '18446744073709551615',
      '-9223372036854775809',
      '18446744073709551616',
      '1.0',
      '1e3',
    ];
    deepStrictEqual(ends.map(seed.parse), [0, 2 ** 32 - 1, undefined, undefined, undefined, undefined]);
    deepStrictEqual(['-1', '2147483647', '2,147,483,647'].map(seed.parse), [-1, 2147483647, 2147483647]);
    strictEqual(hyperparameters.seed.parse('-9007199254740993'), 2 ** 32 - 1);
  });
});
