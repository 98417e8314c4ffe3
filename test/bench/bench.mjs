// npm run bench: training steps of every preset on the compiled engine, side by side with tfjs and with PyTorch.
//   npm run --silent bench -- --json                     one JSON object instead of Markdown
//   node test/bench/bench.mjs --presets a,b --rounds 3    some presets; 7 rounds by default
// Exit status 1 if an engine ran that was not asked for, or if the first losses differ. A missed goal is printed, but is
// no failure: the ratios depend on the machine.
import fs from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../../scripts/install.mjs';

ensureInstalled();
// what follows needs the dependencies, so it cannot be imported earlier
const goals = await import('./goals.mjs');
const { measureNames, measurePreset, measureProducts, measureWatching } = await import('./measure.mjs');
const { findNodes, findPyTorch } = await import('./nodes.mjs');
const { buildParticipants, trainedPresets } = await import('./participants.mjs');
const { report } = await import('./report.mjs');
const results = await import('./results.mjs');
const { inRepository } = await import('../vscode/harness/places.mjs');

const options = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    presets: { type: 'string' },
    rounds: { type: 'string', default: '7' },
  },
}).values;

await buildParticipants();
const presets = choosePresets(options.presets);
const { nodes, notes } = await findNodes();
const pytorch = findPyTorch();
if (!pytorch) notes.push('No rows of PyTorch: neither python3 nor /usr/bin/python3 can import torch.');

const failures = [];
/** @type {import('./measure.mjs').Setup} */
const setup = {
  nodes,
  pytorch,
  cores: os.availableParallelism(),
  rounds: rounds(options.rounds),
  namesFile: namesFile(),
  fail: failure => failures.push(failure),
};
const machine = {
  processor: os.cpus()[0].model.trim(),
  cores: setup.cores,
  nodes: nodes.map(({ version }) => version),
  pytorch: pytorch?.version,
  date: new Date().toISOString().slice(0, 10),
  loadAverage: os.loadavg()[0],
};

const all = [];
for (const preset of presets) {
  progress(preset);
  const measured = await measurePreset(preset, setup);
  failures.push(...results.failuresOf(preset, measured));
  all.push({ preset, measured });
}
progress('products');
const products = results.largeProductsOf(all);
const measuredProducts = await measureProducts(products, setup);
progress('names');
const measuredNames = await measureNames(goals.names.preset, setup);
progress('watching');
const measuredWatching = [];
for (const preset of goals.watching.presets.filter(id => presets.includes(id)))
  measuredWatching.push(...(await measureWatching(preset, setup)));
for (const { node, ready } of [...measuredProducts, ...measuredNames, ...measuredWatching])
  failures.push(...results.fallBackOf(`products, names or watching on Node ${node}`, 'compiled', ready));

const ofPresets = collect => all.flatMap(({ preset, measured }) => collect(preset, measured));
const collected = {
  machine,
  notes,
  failures,
  rounds: setup.rounds,
  rows: ofPresets(results.rowsOf),
  speeds: ofPresets(results.speedsOf),
  compilations: ofPresets(results.compilationsOf),
  products: results.productRowsOf(products, measuredProducts),
  names: results.nameRowsOf(measuredNames),
  watching: results.watchingRowsOf(measuredWatching),
};
console.log(options.json ? JSON.stringify(collected, null, 2) : report(collected));
process.exitCode = failures.length > 0 ? 1 : 0;

function choosePresets(chosen) {
  const known = trainedPresets();
  const unknown = (chosen?.split(',') ?? []).filter(id => !known.includes(id));
  if (unknown.length > 0) stop(`no preset ${unknown.join(', ')} is trained; there are ${known.join(', ')}`);
  return chosen?.split(',') ?? known;
}

function rounds(text) {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : stop(`--rounds must be a whole number from 1, not ${text}`);
}

/** The lectures' names, if they are there, because the sizes follow from them; else the file that the extension contains. */
function namesFile() {
  const candidates = [inRepository('../shared/data/names.txt'), inRepository('media/names.txt')];
  return candidates.find(file => fs.existsSync(file));
}

/** On stderr, since stdout is for the results. */
function progress(what) {
  process.stderr.write(`${what} …\n`);
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
