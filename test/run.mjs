// npm test: every check there is. It goes on after a failure and ends with the line "N passed, N failed".
//   node test/run.mjs --only unit,e2e      chosen steps by their ids, and what they need
import { fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../scripts/install.mjs';

ensureInstalled();
// what follows needs the dependencies, so it cannot be imported sooner
const { getBrowser } = await import('./vscode/harness/browser.mjs');
const { getVSCode, newest, oldest } = await import('./vscode/harness/get-vscode.mjs');

const repository = fileURLToPath(new URL('..', import.meta.url));

/**
 * A step is a script run by Node. A script of tests tells how many passed and failed; any other counts as one.
 * @typedef {{id: string, title: string, script: string[], tests?: boolean, needs?: string[]}} Step
 */

/** @type {Step[][]} the steps in their order; those of one group do not disturb each other and run side by side */
const groups = [
  [
    {
      id: 'types',
      title: 'Types of host and tests',
      script: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'],
    },
    {
      id: 'types',
      title: 'Types of webview',
      script: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'webview'],
    },
    { id: 'lint', title: 'Lint', script: ['node_modules/eslint/bin/eslint.js', '.'] },
    { id: 'format', title: 'Format', script: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  ],
  [
    { id: 'build', title: 'Build', script: ['esbuild.js', '--production'] },
    { id: 'bundle', title: 'Bundle the tests', script: ['test/build.mjs'] },
  ],
  ...['unit', 'contract', 'golden'].map(kind => [
    {
      id: kind,
      title: `Tests: ${kind}`,
      script: ['test/build.mjs', '--no-bundle', '--run', kind],
      tests: true,
      needs: ['build', 'bundle'],
    },
  ]),
  [{ id: 'panels', title: 'Tests: panels on recorded runs', script: ['test/panels/panels.mjs'], tests: true }],
  ...[newest, oldest].map(release => [
    {
      id: release === newest ? 'host' : 'host-oldest',
      title: `Tests: in the extension host of VS Code ${release.replace('4.', '1.')}`,
      script: ['test/vscode/run-in-host.mjs', release],
      tests: true,
      needs: ['build', 'bundle'],
    },
  ]),
  [{ id: 'package', title: 'Package', script: ['scripts/package.mjs'], needs: ['build'] }],
  ...[false, true].map(restricted => [
    {
      id: restricted ? 'restricted' : 'e2e',
      title: `Tests: end to end${restricted ? ', in Restricted Mode' : ''}`,
      script: ['test/vscode/e2e.mjs', ...(restricted ? ['--restricted'] : [])],
      tests: true,
      needs: ['build', 'package'],
    },
  ]),
];

const started = performance.now();
const children = new Set();
process.once('exit', () => children.forEach(child => child.kill()));
for (const [signal, status] of Object.entries({ SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () => process.exit(status));
}

const wanted = choose(parseArgs({ options: { only: { type: 'string' } } }).values.only);
// the first run fetches VS Code and a browser, which takes the network rather than the processor
const downloads = ['host', 'e2e', 'panels'].some(id => wanted.has(id)) ? download() : undefined;
const total = { passed: 0, failed: 0 };
for (const group of groups) {
  const steps = group.filter(({ id }) => wanted.has(id));
  if (steps.some(({ script }) => /^test\/(vscode|panels)\//.test(script[0]))) await downloads;
  for (const { passed, failed } of await sideBySide(steps)) {
    total.passed += passed;
    total.failed += failed;
  }
}
console.log(`\n${seconds(started)} in all`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** The ids of the steps to run. */
function choose(only) {
  const steps = groups.flat();
  if (!only) return new Set(steps.map(({ id }) => id));
  const chosen = new Set(only.split(','));
  const ids = new Set(steps.map(({ id }) => id));
  const unknown = [...chosen].filter(id => !ids.has(id));
  if (unknown.length > 0) {
    console.error(`no step ${unknown.join(', ')}; there are ${[...ids].join(', ')}`);
    process.exit(2);
  }
  for (const { id, needs = [] } of steps) {
    if (chosen.has(id)) needs.forEach(needed => chosen.add(needed));
  }
  return chosen;
}

/** Fills the cache. Whatever fails here is told by the step that needs it. */
function download() {
  return Promise.allSettled([getVSCode(newest), getVSCode(oldest), getBrowser()]);
}

/** Runs the steps of a group, at most two at a time; one alone shows what it prints as it goes. */
async function sideBySide(steps) {
  const results = [];
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await run(step, steps.length > 1));
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** @returns {Promise<{passed: number, failed: number}>} */
async function run({ title, script: [file, ...args], tests }, buffered) {
  const begun = performance.now();
  if (!buffered) console.log(`\n── ${title}`);
  const child = fork(path.join(repository, file), args, { cwd: repository, silent: buffered });
  children.add(child);
  const printed = [];
  child.stdout?.on('data', chunk => printed.push(chunk));
  child.stderr?.on('data', chunk => printed.push(chunk));
  let told;
  child.on('message', message => (told = message));
  const status = await new Promise(resolve => child.once('close', (code, signal) => resolve(signal ?? code)));
  children.delete(child);

  const counts = tests ? ofTests(told) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  if (buffered) console.log(`\n── ${title}\n${Buffer.concat(printed)}`.trimEnd());
  const reason = tests && !told ? `; it ended with ${status} and told no numbers` : '';
  const words = tests ? `${counts.passed} passed and ${counts.failed} failed` : counts.failed ? 'FAILED' : 'passed';
  console.log(`   ${words} in ${seconds(begun)}${reason}`);
  return counts;
}

/** A step of tests in which nothing passed or failed has not done its work. */
function ofTests(told) {
  return told && told.passed + told.failed > 0 ? told : { passed: 0, failed: 1 };
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
