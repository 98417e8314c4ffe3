// npm run memory [-- --input-file FILE] [--presets a,b]: the table of docs/memory.md. Exit status 1 where the estimate is more
// than 20 percent off.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findNames } from '../conformance/run-makemore.mjs';
import { measure } from './measure.mjs';

const { values } = parseArgs({ options: { 'input-file': { type: 'string' }, presets: { type: 'string' } } });
const names = findNames(values['input-file']);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'makemore-memory-'));
const text = fs.readFileSync(names, 'utf8').trimEnd().split('\n');
const few = write('few.txt', text.slice(0, 200));
const many = write(
  'many.txt',
  ['a', 'b', 'c', 'd'].flatMap(letter => text.map(name => name + letter)),
);

const withoutBatch = [
  'bigram-counts',
  'bigram-one-neuron',
  'bigram-net',
  'trigram-counts',
  'trigram-net',
  'mlp-five-words',
];
const withBatch = ['mlp-part2', 'mlp-part3-original', 'mlp-part3-logits', 'mlp-part3-tanh', 'mlp-part3-kaiming'];
withBatch.push('mlp-part3-batchnorm', 'deep-part3-batchnorm', 'wavenet-part5-flat', 'wavenet-part5-bug');
withBatch.push(
  'wavenet-part5-fixed',
  'wavenet-part5',
  'makemore-bigram',
  'makemore-mlp',
  'makemore-rnn',
  'makemore-gru',
);
withBatch.push('makemore-bow', 'makemore-transformer');
const chosen = values.presets?.split(',') ?? [...withoutBatch, ...withBatch];

let most = 0;
console.log('| preset | size | estimated MB | measured MB | ratio |\n| --- | --- | --- | --- | --- |');
for (const preset of chosen) {
  const largest = withBatch.includes(preset)
    ? { size: '32,033 names, batch of 1,024', file: names, flags: ['--batch-size', '1024'] }
    : { size: '128,132 names', file: many, flags: [] };
  const sizes = [
    { size: '200 names', file: few, flags: [] },
    { size: '32,033 names', file: names, flags: [] },
    largest,
  ];
  for (const { size, file, flags } of sizes) {
    const { estimated, measured } = measure(file, ['--preset', preset, ...flags]);
    most = Math.max(most, Math.abs(estimated / measured - 1));
    const megabytes = bytes => (bytes / 1e6).toFixed(0);
    console.log(
      `| ${preset} | ${size} | ${megabytes(estimated)} | ${megabytes(measured)} | ${(estimated / measured).toFixed(2)} |`,
    );
  }
}
fs.rmSync(folder, { recursive: true });
console.log(`\nThe estimate is ${(100 * most).toFixed(0)} percent off at most.`);
process.exitCode = most <= 0.2 ? 0 : 1;

function write(name, lines) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
