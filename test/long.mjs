// npm run test:long [-- --input-file FILE]: 1,000 steps on the lectures' names file, on every engine. Prints how far apart
// the losses are; exit status 1 where a printed digit differs. (node test/conformance/conformance.mjs --full trains whole presets.)
// Then thousands of random flags end as they may, no preset raises an alert in its first 2,000 steps but what the lecture
// shows, and in a real VS Code the window is reloaded twenty times on a busy
// machine, and its extension host sleeps for a minute.
import { execFileSync, spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { findNames, runMakemore } from './conformance/run-makemore.mjs';
import { runEndToEnd } from './vscode/e2e.mjs';
import { inRepository } from './vscode/harness/places.mjs';
import { finish } from './vscode/harness/script.mjs';
import { ensureInstalled } from '../scripts/install.mjs';
import { packageExtension } from '../scripts/package.mjs';

/** Networks whose losses do not depend on the order of summation: the same printed digits on every engine. */
const steady = ['mlp-part3-batchnorm', 'deep-part3-batchnorm'];
const engines = ['compiled', 'tfjs-wasm', 'tfjs-cpu'];

const names = findNames(parseArgs({ options: { 'input-file': { type: 'string' } } }).values['input-file']);
ensureInstalled();

const checks = [];
for (const preset of steady) {
  const losses = [];
  for (const engine of engines) {
    const flags = ['--preset', preset, '--engine', engine, '--max-steps', '1000', '--log-every', '1'];
    const told = await runMakemore(names, flags);
    checks.push(told.stopped.engine === engine);
    losses.push(told.losses);
  }
  // A digit may turn over where it lies between two: half of the last printed one is what equal digits mean.
  const apart = Math.max(...losses[0].map((loss, i) => Math.max(...losses.map(other => Math.abs(other[i] - loss)))));
  checks.push(losses.every(({ length }) => length === 1000) && apart <= 5e-5);
  console.log(`${preset}: ${engines.join(', ')} differ by ${apart.toExponential(1)} at most over 1,000 steps`);
}
const random = spawnSync(process.execPath, ['test/build.mjs', '--run', 'contract', '--grep', 'flags from the ranges'], {
  cwd: inRepository(),
  env: { ...process.env, MAKEMORE_RANDOM_RUNS: '5000' },
  stdio: 'inherit',
});
checks.push(random.status === 0);
const alerts = spawnSync(
  process.execPath,
  ['test/build.mjs', '--no-bundle', '--run', 'contract', '--grep', '^alerts of'],
  {
    cwd: inRepository(),
    env: { ...process.env, MAKEMORE_ALERT_STEPS: '2000' },
    stdio: 'inherit',
  },
);
checks.push(alerts.status === 0);
execFileSync(process.execPath, [inRepository('esbuild.js'), '--production'], { cwd: inRepository() });
const inEditor = await runEndToEnd({ vsix: packageExtension(), long: true });
const equal = checks.filter(Boolean).length;
finish({ passed: equal + inEditor.passed, failed: checks.length - equal + inEditor.failed });
