// The steps of npm test.
import { newest, oldest } from '../vscode/harness/get-vscode.mjs';

/**
 * @typedef {object} Step a script that Node runs
 * @property {string} id
 * @property {string} title
 * @property {string[]} script
 * @property {boolean} [tests] it reports how many tests passed and failed; any other step counts as one
 * @property {string[]} [needs] the ids of the steps that have to pass first
 * @property {number} seconds roughly what it takes; those that others wait for the longest start first
 * @property {number} cores how many cores it keeps busy; a VS Code waits a third of its time
 */

const ofVSCode = 0.66;
const tsc = 'node_modules/typescript/bin/tsc';
const bundles = ['build', 'bundle'];

/** @type {readonly Step[]} */
export const steps = [
  { id: 'types', title: 'Types of host and tests', script: [tsc, '--noEmit', '-p', '.'], seconds: 9, cores: 1 },
  { id: 'types-webview', title: 'Types of webview', script: [tsc, '--noEmit', '-p', 'webview'], seconds: 5, cores: 1 },
  { id: 'lint', title: 'Lint', script: ['node_modules/eslint/bin/eslint.js', '.'], seconds: 50, cores: 1 },
  {
    id: 'format',
    title: 'Format',
    script: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
    seconds: 10,
    cores: 1,
  },
  { id: 'build', title: 'Build', script: ['esbuild.js', '--production'], seconds: 1, cores: 1 },
  { id: 'bundle', title: 'Bundle the tests', script: ['test/build.mjs'], seconds: 2, cores: 1 },
  { id: 'package', title: 'Package', script: ['scripts/package.mjs'], needs: ['build'], seconds: 4, cores: 1 },
  { id: 'fetch', title: 'VS Code and a browser', script: ['test/vscode/fetch.mjs'], seconds: 1, cores: 1 },
  inPlainNode('unit', 60),
  inPlainNode('contract', 190),
  inPlainNode('golden', 20),
  {
    id: 'panels',
    title: 'Tests: panels on recorded runs',
    script: ['test/panels/panels.mjs'],
    tests: true,
    needs: ['fetch'],
    seconds: 250,
    cores: 1,
  },
  inHost('host', newest),
  inHost('host-oldest', oldest),
  endToEnd('e2e', 'end to end', [], 350),
  endToEnd('restricted', 'end to end, in Restricted Mode', ['--restricted'], 80),
];

const byId = new Map(steps.map(step => [step.id, step]));

function inPlainNode(kind, seconds) {
  const script = ['test/build.mjs', '--no-bundle', '--run', kind];
  return { id: kind, title: `Tests: ${kind}`, script, tests: true, needs: bundles, seconds, cores: 1 };
}

function inHost(id, release) {
  const title = `Tests: in the extension host of VS Code ${release.replace('4.', '1.')}`;
  const script = ['test/vscode/run-in-host.mjs', release];
  return { id, title, script, tests: true, needs: [...bundles, 'fetch'], seconds: 130, cores: ofVSCode };
}

function endToEnd(id, title, options, seconds) {
  const script = ['test/vscode/e2e.mjs', ...options];
  return { id, title: `Tests: ${title}`, script, tests: true, needs: ['package', 'fetch'], seconds, cores: ofVSCode };
}

/**
 * Some steps with everything that they need.
 * @param {Iterable<string>} ids
 */
export function withNeeds(ids) {
  const wanted = new Set(ids);
  // a set that grows while it is walked is walked to its new end
  for (const id of wanted) for (const needed of byId.get(id)?.needs ?? []) wanted.add(needed);
  return steps.filter(({ id }) => wanted.has(id));
}
