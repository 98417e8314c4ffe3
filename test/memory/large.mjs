// npm run memory:large: the second table of docs/memory.md: files that are large or odd, from the command to the first loss.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRepository } from '../vscode/harness/places.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'makemore-large-'));
const letters = 'etaoinshrdlucmfw';

/** The i-th of 16 ** length different names. */
function nameOf(i, length) {
  return Array.from({ length }, (_, place) => letters[(i >> (4 * place)) & 15]).join('');
}

/** Two or three of `size` characters, which all occur. */
function ideographs(i, size) {
  return Array.from({ length: 2 + (i % 2) }, (_, k) => String.fromCodePoint(0x4e00 + ((2 * i + k) % size))).join('');
}

const files = {
  '1,000,000 different names': () => lines(1_000_000, i => nameOf(i, 5)),
  '7,000,000 names, 30,000 of them different': () => lines(7_000_000, i => nameOf(i % 30_000, 5)),
  '7,000,000 different names': () => lines(7_000_000, i => nameOf(i, 6)),
  '300 names of 2,000 characters': () => lines(300, i => nameOf(i, 4).repeat(500)),
  '3,000 names, and one of 2,000 characters': () => lines(3_000, i => (i === 1_000 ? 'e'.repeat(2_000) : nameOf(i, 5))),
  '30,000 names of 5,000 different characters': () => lines(30_000, i => ideographs(i, 5_000)),
};

function lines(count, line) {
  const parts = [];
  for (let i = 0; i < count; i++) parts.push(line(i));
  return `${parts.join('\n')}\n`;
}

try {
  console.log('| file | preset | seconds | MB | refused with |\n| --- | --- | --- | --- | --- |');
  for (const [title, text] of Object.entries(files)) {
    const file = path.join(folder, 'names.txt');
    fs.writeFileSync(file, text());
    for (const preset of ['bigram-counts', 'mlp-part2', 'makemore-transformer']) {
      const program = ['--import', inRepository('test/memory/peak.mjs'), inRepository('dist/cli.js')];
      const flags = ['-i', file, '--preset', preset, '--max-steps', '1', '--num-samples', '0', '--json'];
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [...program, ...flags], { encoding: 'utf8' });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const megabytes = (Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1000).toFixed(0);
      const refusal = status === 0 ? '' : stderr.replace(/^peak .*$/m, '').trim();
      if (status !== 0 && status !== 2) throw new Error(`${preset} on ${title} ended with ${status}: ${stderr}`);
      console.log(`| ${title} | ${preset} | ${seconds} | ${megabytes} | ${refusal} |`);
    }
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}
