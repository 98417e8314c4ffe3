// npm run test:long [-- --input-file FILE]: what takes minutes. Whole runs of presets on the lectures' names file, their
// final losses against the published ones, and 1,000 steps on every engine. Prints a table; exit status 1 where a number
// lies outside its band.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';

/** Final train and dev loss of the lectures; the band is wide where their minibatches were not seeded. */
const published = [
  { preset: 'mlp-part2', train: 2.126, dev: 2.1701, band: 0.01 },
  { preset: 'mlp-part3-batchnorm', train: 2.0674145, dev: 2.105684, band: 2e-6 },
];
/** Networks whose losses do not depend on the order of summation: the same printed digits on every engine. */
const steady = ['mlp-part3-batchnorm', 'deep-part3-batchnorm'];
const engines = ['compiled', 'tfjs-wasm', 'tfjs-cpu'];

const { values } = parseArgs({ options: { 'input-file': { type: 'string', default: '../shared/data/names.txt' } } });
const input = values['input-file'];
if (!fs.existsSync(input)) {
  console.error(`There is no ${input}: name the lectures' names file with --input-file FILE.`);
  process.exit(2);
}
await ensureInstalled();

const checks = [];
for (const { preset, train, dev, band } of published) {
  const lines = await run('--preset', preset, '--evaluate');
  const evaluated = lines.find(({ type }) => type === 'evaluated');
  const { seconds, microsecondsPerStep, engine } = lines.find(({ type }) => type === 'stopped');
  checks.push(Math.abs(evaluated.train - train) <= band && Math.abs(evaluated.dev - dev) <= band);
  const indent = ' '.repeat(preset.length);
  console.log(`${preset}: published train ${train}, dev ${dev} (band ${band})`);
  console.log(`${indent}  here      train ${evaluated.train.toFixed(7)}, dev ${evaluated.dev.toFixed(7)}`);
  console.log(`${indent}  ${seconds.toFixed(0)} s, ${microsecondsPerStep.toFixed(0)} µs per step, ${engine}`);
}
for (const preset of steady) {
  const losses = [];
  for (const engine of engines) {
    const lines = await run('--preset', preset, '--engine', engine, '--max-steps', '1000', '--log-every', '1');
    losses.push(lines.filter(({ type }) => type === 'loss').map(({ loss }) => loss));
  }
  // A digit may turn over where it lies between two: half of the last printed one is what equal digits mean.
  const apart = Math.max(...losses[0].map((loss, i) => Math.max(...losses.map(other => Math.abs(other[i] - loss)))));
  checks.push(losses.every(({ length }) => length === 1000) && apart <= 5e-5);
  console.log(`${preset}: ${engines.join(', ')} differ by ${apart.toExponential(1)} at most over 1,000 steps`);
}
const passed = checks.filter(Boolean).length;
console.log(`${passed} passed, ${checks.length - passed} failed`);
process.exitCode = passed === checks.length ? 0 : 1;

/** What the command line prints. */
function run(...flags) {
  const args = ['test/makemore.mjs', '-i', input, '--num-samples', '0', '--json', ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', chunk => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', status => {
      if (status !== 0) reject(new Error(`${flags.join(' ')} ended with status ${status}`));
      else
        resolve(
          text
            .trimEnd()
            .split('\n')
            .map(line => JSON.parse(line)),
        );
    });
  });
}
