/** What is random in the tests begins with one seed. Where it is set in MAKEMORE_TEST_SEED the inputs are the same again. */
import fc from 'fast-check';

const given = process.env.MAKEMORE_TEST_SEED;
export const seed = given === undefined ? Date.now() % 2 ** 31 : Number(given);
if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31)
  throw new Error(`MAKEMORE_TEST_SEED must be a whole number of 32 bits, but it is "${given}".`);
console.log(`\n  MAKEMORE_TEST_SEED=${seed}`);
fc.configureGlobal({ seed });
