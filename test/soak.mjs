// npm run soak [-- --input-file FILE] [--steps N]: 1,000,000 steps of mlp-part3-batchnorm and 20,000 of the Transformer, kept on
// the disk as they go. Prints what the process holds along the way; exit status 1 where that grows.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { findNames } from './conformance/run-makemore.mjs';
import { ensureInstalled } from '../scripts/install.mjs';

const { values } = parseArgs({ options: { 'input-file': { type: 'string' }, steps: { type: 'string' } } });
const runs = { 'mlp-part3-batchnorm': 1_000_000, 'makemore-transformer': 20_000 };
/** The process is looked at so often, and compared with what it held at the second look, when everything is compiled. */
const looks = 20;
/** What the garbage collector leaves for later comes and goes. */
const toleratedBytes = 48 * 2 ** 20;

const names = findNames(values['input-file']);
ensureInstalled();

let failed = 0;
for (const [preset, steps] of Object.entries(runs))
  failed += (await soak(preset, Number(values.steps ?? steps))) ? 0 : 1;
console.log(`${Object.keys(runs).length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function soak(preset, steps) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'makemore-soak-'));
  const every = Math.max(1, Math.floor(steps / looks));
  const flags = [
    '--preset',
    preset,
    '--max-steps',
    String(steps),
    '--log-every',
    String(every),
    '-o',
    folder,
    '--json',
  ];
  const child = spawn(process.execPath, ['scripts/makemore.mjs', '-i', names, '--num-samples', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const held = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { type, step, loss } = JSON.parse(line);
    if (type !== 'loss') continue;
    if (child.exitCode !== null) break; // its last lines may outlive it
    held.push({ step, bytes: residentBytes(child.pid) });
    console.log(`${preset}, step ${step}: loss ${loss.toFixed(4)}, ${megabytes(held.at(-1).bytes)}`);
  }
  const checkpoint = fs.statSync(path.join(folder, 'checkpoint.safetensors')).size;
  fs.rmSync(folder, { recursive: true });
  const [, base, ...later] = held;
  // Twice the losses so far: the room for them doubles, and a checkpoint holds them once more while it is written.
  const growth = Math.max(...later.map(({ step, bytes }) => bytes - base.bytes - 4 * 4 * (step - base.step)));
  console.log(
    `${preset}: ${megabytes(growth)} more than at step ${base.step}, besides the losses; the checkpoint has ${megabytes(checkpoint)}`,
  );
  return growth <= toleratedBytes;
}

function residentBytes(pid) {
  return 1024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
}

function megabytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
