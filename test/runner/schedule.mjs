// Which step runs when.

/** @typedef {import('./steps.mjs').Step} Step */
/** @typedef {{passed: number, failed: number}} Counts */

/**
 * Runs steps side by side, as many as the cores are enough for. A step starts when everything that it needs has passed;
 * where something has failed, it cannot run.
 * @param {readonly Step[]} steps
 * @param {number} cores
 * @param {(step: Step) => Promise<Counts>} run
 * @param {(step: Step, failed: string) => Counts} skip told the need that has failed
 * @returns {Promise<Counts>} of all of them
 */
export async function schedule(steps, cores, run, skip) {
  const waiting = new Set(byUrgency(steps));
  /** @type {Map<Step, Promise<void>>} */
  const running = new Map();
  /** @type {Map<string, boolean>} whether those that are done have passed */
  const done = new Map();
  const total = { passed: 0, failed: 0 };
  const count = (step, { passed, failed }) => {
    total.passed += passed;
    total.failed += failed;
    done.set(step.id, failed === 0);
    running.delete(step);
  };

  for (;;) {
    for (const step of waiting) {
      const { needs = [] } = step;
      const failed = needs.find(id => done.get(id) === false);
      const ready = needs.every(id => done.has(id));
      if (!failed && !ready) continue;
      if (!failed && !fits(step)) break; // a smaller one that went first again and again would keep it waiting
      waiting.delete(step);
      if (failed) count(step, skip(step, failed));
      else
        running.set(
          step,
          run(step).then(counts => count(step, counts)),
        );
    }
    if (running.size === 0) return total;
    await Promise.race(running.values());
  }

  function fits(step) {
    const busy = [...running.keys()].reduce((sum, other) => sum + other.cores, 0);
    return running.size === 0 || busy + step.cores <= cores;
  }
}

/** Those first from whose start to the end of everything that needs them it is the longest. */
function byUrgency(steps) {
  const secondsFrom = ({ id, seconds }) =>
    seconds + Math.max(0, ...steps.filter(({ needs }) => needs?.includes(id)).map(secondsFrom));
  return steps.toSorted((a, b) => secondsFrom(b) - secondsFrom(a));
}
