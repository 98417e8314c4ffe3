// Bundles the tests into out/test/, folder for folder, and runs those that need no VS Code.
//   node test/build.mjs                                        bundles all
//   node test/build.mjs --run unit contract [--grep TEXT]      bundles all and runs some
//   node test/build.mjs --run golden --no-bundle               runs what is bundled already
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import esbuild from 'esbuild';
import Mocha from 'mocha';
import { forNode } from './for-node.mjs';
import { slashed } from './vscode/harness/places.mjs';
import { finish, isMain } from './vscode/harness/script.mjs';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** The kinds of test that run in plain Node. */
export const kinds = ['unit', 'contract', 'golden'];

/** The bundle of all tests that run in plain Node, beside the processes that they start (`.child.ts`): one, since two copies of tfjs in a process would fight over its globals. */
const inNode = 'out/test/node/all.test.js';

/** What each test and each source that it needs imports. */
export const imports = 'out/test/imports.json';

/** Bundles every test. Throws when one does not build. */
export async function buildTests() {
  fs.rmSync(path.join(repository, 'out/test'), { recursive: true, force: true });
  const common = {
    ...forNode,
    external: [...forNode.external, 'vscode', 'mocha', 'fast-check'],
    loader: { ...forNode.loader, '.py': 'text' },
    sourcemap: 'linked',
    metafile: true,
  };
  const suite = filesIn('test/vscode/suite').filter(file => file.endsWith('.ts'));
  const metafiles = [
    await esbuild.build({ ...common, entryPoints: suite, outdir: 'out/test/vscode/suite' }),
    await esbuild.build({ ...common, stdin: { contents: importsOfKinds(), resolveDir: repository }, outfile: inNode }),
  ];
  const inputs = Object.assign({}, ...metafiles.map(({ metafile }) => metafile.inputs));
  fs.writeFileSync(path.join(repository, imports), JSON.stringify(inputs));
  const children = kinds.flatMap(kind => filesIn(`test/${kind}`)).filter(file => file.endsWith('.child.ts'));
  await esbuild.build({ ...common, entryPoints: children, outdir: path.dirname(inNode), entryNames: '[name]' });
  copyWasm();
}

/** A module that sets the seed, and loads the tests of the kinds that MAKEMORE_TEST_KINDS names. */
function importsOfKinds() {
  const imports = kinds.map(kind => {
    const files = filesIn(`test/${kind}`).filter(file => file.endsWith('.test.ts'));
    const ofKind = files.map(file => `require(${JSON.stringify(`./${file}`)});`).join(' ');
    return `if (process.env.MAKEMORE_TEST_KINDS.split(',').includes('${kind}')) { ${ofKind} }`;
  });
  return ["require('./test/seed.ts');", ...imports].join('\n');
}

/**
 * Runs bundled tests in this process and prints them. A test that is skipped counts as neither passed nor failed.
 * @param {string[]} chosen some of `kinds`
 * @param {string} [grep] only tests whose title has this in it
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runTests(chosen, grep) {
  process.env.MAKEMORE_TEST_KINDS = chosen.join();
  // Node 20 knows fused multiply-add, the instruction of the engine's second flavor, but not unasked.
  if (Number.parseInt(process.versions.node) < 21) setFlagsFromString('--experimental-wasm-relaxed-simd');
  const reporter = process.send ? oneLineEach : 'spec'; // into a log of test/run.mjs, or to a person
  const mocha = new Mocha({ ui: 'bdd', reporter, timeout: 30_000, ...(grep && { grep }) });
  const plain = chosen.flatMap(kind => filesIn(`test/${kind}`)).filter(file => file.endsWith('.test.mjs'));
  for (const file of [inNode, ...plain]) mocha.addFile(path.join(repository, file));
  await mocha.loadFilesAsync();
  return new Promise(resolve => {
    const runner = mocha.run(() => resolve({ passed: runner.stats.passes, failed: runner.stats.failures }));
  });
}

/** A reporter of mocha's that prints tests as those in VS Code are printed. */
function oneLineEach(runner) {
  runner.on('pass', test => console.log(`  ✓ ${test.fullTitle()} (${test.duration} ms)`));
  runner.on('pending', test => console.log(`  - ${test.fullTitle()}`));
  runner.on('fail', (test, error) => {
    console.log(`  ✗ ${test.fullTitle()}\n${(error.stack ?? String(error)).replace(/^/gm, '      ')}`);
  });
}

/** tfjs loads its WebAssembly from beside the script. */
function copyWasm() {
  const from = path.join(repository, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const to = path.join(repository, path.dirname(inNode));
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    fs.copyFileSync(path.join(from, file), path.join(to, file));
}

/** The files below a folder, as paths in the repository, with slashes: they become source text and names of esbuild. */
function filesIn(folder) {
  const root = path.join(repository, folder);
  if (!fs.existsSync(root)) return [];
  const names = fs.readdirSync(root, { recursive: true });
  return names.map(name => slashed(path.join(folder, name))).sort();
}

if (isMain(import.meta.url)) {
  process.chdir(repository);
  const { values, positionals } = parseArgs({
    options: { run: { type: 'boolean' }, 'no-bundle': { type: 'boolean' }, grep: { type: 'string' } },
    allowPositionals: true,
  });
  if (!values['no-bundle']) await buildTests();
  if (values.run) finish(await runTests(positionals.length > 0 ? positionals : kinds, values.grep));
}
