// npm run test:long [-- --input-file FILE]: what takes minutes. Whole runs of presets on the lectures' names file, their
// final losses against the published ones. Prints a table; exit status 1 where a loss lies outside its band.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';

/** Final train and dev loss of the lectures; the band is wide where their minibatches were not seeded. */
const published = [{ preset: 'mlp-part2', train: 2.126, dev: 2.1701, band: 0.01 }];

const { values } = parseArgs({ options: { 'input-file': { type: 'string', default: '../shared/data/names.txt' } } });
const input = values['input-file'];
if (!fs.existsSync(input)) {
  console.error(`There is no ${input}: name the lectures' names file with --input-file FILE.`);
  process.exit(2);
}
await ensureInstalled();

let passed = 0;
for (const { preset, train, dev, band } of published) {
  const lines = await trainToTheEnd(preset);
  const evaluated = lines.find(({ type }) => type === 'evaluated');
  const { seconds, microsecondsPerStep } = lines.find(({ type }) => type === 'stopped');
  const holds = Math.abs(evaluated.train - train) <= band && Math.abs(evaluated.dev - dev) <= band;
  passed += Number(holds);
  console.log(`${preset}: published train ${train}, dev ${dev} (band ${band})`);
  console.log(
    `${' '.repeat(preset.length)}  here      train ${evaluated.train.toFixed(4)}, dev ${evaluated.dev.toFixed(4)}`,
  );
  console.log(`${' '.repeat(preset.length)}  ${seconds.toFixed(0)} s, ${microsecondsPerStep.toFixed(0)} µs per step`);
}
console.log(`${passed} passed, ${published.length - passed} failed`);
process.exitCode = passed === published.length ? 0 : 1;

function trainToTheEnd(preset) {
  const args = ['test/makemore.mjs', '-i', input, '--preset', preset, '--evaluate', '--num-samples', '0', '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', chunk => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', status => {
      if (status !== 0) reject(new Error(`${preset} ended with status ${status}`));
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
