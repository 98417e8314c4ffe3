// What modules that are scripts too have in common.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether a module is what Node was started with; pass its import.meta.url. */
export function isMain(url) {
  // Node resolves links in the addresses of modules, but not in its arguments
  return process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(url);
}

/**
 * Ends this process with the numbers of its tests: a message to test/run.mjs where that started it, else a line for
 * people.
 * @param {{passed: number, failed: number}} counts nothing passed is a failure too
 */
export function finish({ passed, failed }) {
  const exit = () => process.exit(failed > 0 || passed === 0 ? 1 : 0);
  if (process.send) {
    process.send({ passed, failed }, exit);
  } else {
    console.log(`${passed} passed, ${failed} failed`);
    exit();
  }
}
