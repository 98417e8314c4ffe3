// npm run conformance [-- --input-file FILE]: every published number beside ours, as a Markdown table.
//   node test/conformance/conformance.mjs --full         the trainings that take minutes too
//   npm run --silent conformance -- --json               one JSON object per line instead
// Exit status 1 if a number is outside of its band or not every run was on the compiled engine, 2 if there is no names
// file.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { forNode } from '../for-node.mjs';
import { ensureInstalled } from '../../scripts/install.mjs';
import { inRepository } from '../vscode/harness/places.mjs';
import { judge } from './judge.mjs';
import { full, inside, quick } from './published.mjs';
import { findNames, runMakemore } from './run-makemore.mjs';
import { jsonReport, tableReport } from './report.mjs';

const engine = 'compiled';

const options = readOptions();
const names = findNames(options['input-file']);
ensureInstalled();

const started = performance.now();
const runs = options.full ? [...quick, ...full] : quick;
const report = (options.json ? jsonReport : tableReport)([inside, ...runs]);
const judged = [];
/** @type {Set<string>} the engines that ran; one that was not asked for, with its preset */
const engines = new Set();

judgeRun(inside, await lookInside());
for (const run of runs) {
  process.stderr.write(`${[run.preset, ...run.flags].join(' ')} …\n`);
  const flags = ['--preset', run.preset, '--engine', engine, ...run.flags];
  judgeRun(run, await runMakemore(names, flags).catch(printError));
}
record(undefined, { what: `engine of all ${runs.length} runs`, published: engine }, [...engines]);

const held = judged.filter(({ holds }) => holds).length;
report.end({ rows: judged.length, held, engine, seconds: (performance.now() - started) / 1000 });
process.exitCode = held === judged.length ? 0 : 1;

/** Compares the rows of a run with its output, of which there is none if it failed. */
function judgeRun({ preset, rows }, output) {
  const ran = output?.stopped?.engine;
  if (ran) engines.add(ran === engine ? ran : `${ran} (${preset})`);
  for (const row of rows) record(preset, row, output && row.ours(output));
}

function record(preset, row, ours) {
  const result = judge(row, ours);
  judged.push(result);
  report.row(preset, row, result);
}

function printError(error) {
  console.error(error.message);
}

/** Bundles inside.ts as the product is bundled, and takes its numbers. */
async function lookInside() {
  const { default: esbuild } = await import('esbuild'); // not there before the installation
  const outfile = inRepository('out/conformance/inside.mjs');
  await esbuild.build({ ...forNode, format: 'esm', entryPoints: ['test/conformance/inside.ts'], outfile });
  const { numbersInside } = await import(pathToFileURL(outfile).href);
  const bytes = fs.readFileSync(names);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), ...numbersInside(bytes.toString()) };
}

function readOptions() {
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({ options: { 'input-file': { type: 'string', short: 'i' }, full: flag, json: flag } }).values;
  } catch (error) {
    console.error(`${error.message} There are --input-file FILE, --full and --json.`);
    process.exit(2);
  }
}
