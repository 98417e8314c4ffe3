// npm test: every check there is, side by side on all cores. It goes on after a failure and ends with the line
// "N passed, N failed". What a step has printed is in out/test-log/, and here where something has failed.
//   node test/run.mjs --only unit,e2e      some steps by their ids, and what they need
//   node test/run.mjs --changed[=REF]      the steps that the changes since HEAD, or another commit, can touch
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../scripts/install.mjs';
import { changedFiles, stepsFor } from './runner/changed.mjs';
import { schedule } from './runner/schedule.mjs';
import { steps, withNeeds } from './runner/steps.mjs';
import { inRepository, out, repository } from './vscode/harness/places.mjs';
import { asTree, endTree } from './vscode/harness/process-tree.mjs';

const logs = path.join(out, 'test-log');
const patience = 10_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
let interrupted = false;
for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.once(signal, () => endAll().then(() => process.exit(status)));
process.once('exit', () => signalAll('SIGTERM')); // where nobody can read any more what is printed here

ensureInstalled();
const started = performance.now();
const wanted = withNeeds(chosen());
fs.rmSync(logs, { recursive: true, force: true });
fs.mkdirSync(logs, { recursive: true });
const { passed, failed } = await schedule(wanted, os.availableParallelism(), run, skip);
console.log(`\n${seconds(started)} in all; what the steps have printed is in ${path.relative(repository, logs)}/`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** The ids of the steps that the arguments ask for. */
function chosen() {
  const args = process.argv.slice(2).map(argument => (argument === '--changed' ? '--changed=HEAD' : argument));
  const { only, changed } = parseArgs({
    args,
    options: { only: { type: 'string' }, changed: { type: 'string' } },
  }).values;
  const all = steps.map(({ id }) => id);
  if (only) {
    const ids = only.split(',');
    const unknown = ids.filter(id => !all.includes(id));
    if (unknown.length === 0) return ids;
    console.error(`there is no step ${unknown.join(', ')}; there are ${all.join(', ')}`);
    process.exit(2);
  }
  if (!changed) return all;
  const files = changedFiles(changed);
  const ids = stepsFor(files);
  console.log(`${files.length} files have changed since ${changed}, which concerns ${ids.join(', ')}`);
  return ids;
}

/** @param {import('./runner/steps.mjs').Step} step */
async function run({ id, title, script: [file, ...args], tests }) {
  const begun = performance.now();
  const log = path.join(logs, `${id}.txt`);
  const output = fs.openSync(log, 'w');
  const child = fork(inRepository(file), args, {
    cwd: repository,
    stdio: ['ignore', output, output, 'ipc'],
    ...asTree,
  });
  fs.closeSync(output);
  children.add(child);
  let reported;
  child.on('message', message => (reported = message));
  const status = await new Promise(resolve => child.once('close', (code, signal) => resolve(signal ?? code)));
  children.delete(child);
  if (interrupted) return new Promise(() => {}); // nothing else is to begin

  const counts = tests ? ofTests(reported) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  const ok = counts.failed === 0;
  const numbers = tests ? `: ${counts.passed} passed${ok ? '' : `, ${counts.failed} failed`}` : '';
  const reason = tests && !reported ? `; it ended with ${status} and reported no numbers` : '';
  console.log(`${ok ? '✓' : '✗'} ${title}${numbers} (${seconds(begun)})${reason}`);
  if (!ok) console.log(withoutPasses(fs.readFileSync(log, 'utf8')));
  return counts;
}

function skip({ title }, failed) {
  console.log(`✗ ${title}: it cannot run without ${failed}`);
  return { passed: 0, failed: 1 };
}

/** A step of tests in which nothing passed or failed has not done its work. */
function ofTests(counts) {
  return counts && counts.passed + counts.failed > 0 ? counts : { passed: 0, failed: 1 };
}

/** What a step has printed, without the lines of the tests that passed. */
function withoutPasses(text) {
  const lines = text.trimEnd().split('\n');
  return lines
    .filter(line => !/^\s*[✓✔] /.test(line))
    .map(line => `  ${line}`)
    .join('\n');
}

/** Ends the steps that run: they are asked to, which lets them end their servers, and then made to. */
async function endAll() {
  interrupted = true;
  const ended = [...children].map(child => new Promise(resolve => child.once('close', resolve)));
  signalAll('SIGTERM');
  const timer = setTimeout(() => signalAll('SIGKILL'), patience);
  await Promise.all(ended);
  clearTimeout(timer);
}

function signalAll(signal) {
  for (const { pid } of children) endTree(pid, signal);
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
