// npm run learning: writes docs/learning.md anew, with numbers computed on the lectures' names file, or on the sample names
// where that is not there. Takes a minute or two.
//   node test/learning/learning.mjs --input-file FILE    prints the page for another file
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { forNode } from '../for-node.mjs';
import { inRepository } from '../vscode/harness/places.mjs';
import { pageOf } from './page.mjs';

const { values } = parseArgs({ options: { 'input-file': { type: 'string', short: 'i' } } });
const asked = values['input-file'];
const lectures = inRepository('../shared/data/names.txt');
const file = asked ?? (fs.existsSync(lectures) ? lectures : inRepository('media/names.txt'));

const outfile = inRepository('out/learning/numbers.js');
await esbuild.build({ ...forNode, entryPoints: ['test/learning/numbers.ts'], outfile });
const { numbersOf } = createRequire(import.meta.url)(outfile);
const what = file === lectures ? "the lectures' names file" : asked ? path.basename(file) : 'the sample names';
const page = pageOf(await numbersOf(fs.readFileSync(file, 'utf8')), what);
if (asked) process.stdout.write(page);
else fs.writeFileSync(inRepository('docs/learning.md'), page);
