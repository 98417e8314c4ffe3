import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { schedule } from '../../runner/schedule.mjs';

const passes = { passed: 1, failed: 0 };
const fails = { passed: 2, failed: 1 };

const step = (id, seconds, more) => ({ id, seconds, cores: 1, ...more });

/** Runs steps, of which some fail, and notes what starts, ends and is skipped. */
async function scheduled(steps, cores, failing = []) {
  const log = [];
  const run = async ({ id, seconds }) => {
    log.push(`+${id}`);
    for (let i = 0; i < seconds; i++) await undefined;
    log.push(`-${id}`);
    return failing.includes(id) ? fails : passes;
  };
  const skip = ({ id }, failed) => {
    log.push(`${id} without ${failed}`);
    return { passed: 0, failed: 1 };
  };
  return { total: await schedule(steps, cores, run, skip), log: log.join(' ') };
}

describe('the schedule of steps', () => {
  it('begins with what everything waits for the longest, on as many cores as there are', async () => {
    const steps = [step('small', 10), step('large', 50), step('build', 20), step('end', 60, { needs: ['build'] })];
    const { log, total } = await scheduled(steps, 2);
    strictEqual(log, '+build +large -build +end -large +small -small -end');
    deepStrictEqual(total, { passed: 4, failed: 0 });
  });

  it('runs a step alone that takes more cores than there are', async () => {
    const { log } = await scheduled([step('large', 50, { cores: 4 }), step('small', 10)], 2);
    strictEqual(log, '+large -large +small -small');
  });

  it('lets no small step go first while a larger one waits for its cores', async () => {
    const steps = [step('first', 90), step('large', 50, { cores: 2 }), step('small', 10)];
    const { log } = await scheduled(steps, 2);
    strictEqual(log, '+first -first +large -large +small -small');
  });

  it('goes on after a failure, without what needs the step that failed', async () => {
    const steps = [step('build', 5), step('tests', 5, { needs: ['build'] }), step('more', 5, { needs: ['tests'] })];
    const { log, total } = await scheduled([...steps, step('lint', 50)], 1, ['build']);
    strictEqual(log, '+lint -lint +build -build tests without build more without tests');
    deepStrictEqual(total, { passed: 3, failed: 3 });
  });
});
