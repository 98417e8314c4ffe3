// Which steps a change can touch.
import { spawnSync } from 'node:child_process';
import { repository } from '../vscode/harness/places.mjs';
import { steps } from './steps.mjs';

const always = ['types', 'types-webview', 'lint', 'format'];
const inHost = ['host', 'host-oldest'];
const endToEnd = ['e2e', 'restricted'];

/**
 * By the beginnings of paths, of which the first that fits counts: the steps that look at such a file, besides `always`.
 * What fits none concerns everything.
 * @type {readonly (readonly [RegExp, readonly string[]])[]}
 */
const table = [
  [/^src\/host\//, ['unit', 'contract', ...inHost, ...endToEnd]],
  [/^src\/(cli|export)\//, ['unit', 'contract', ...inHost, ...endToEnd]],
  [/^webview\/dev\//, ['unit', 'panels']],
  [/^webview\//, ['unit', 'contract', 'panels', ...endToEnd]],
  [/^test\/unit\//, ['unit']],
  [/^test\/contract\//, ['contract', 'golden']],
  [/^test\/golden\//, ['golden']],
  [/^test\/panels\//, ['panels']],
  [/^test\/recordings\//, ['unit', 'contract', 'panels']],
  [/^test\/runner\//, ['unit']],
  [/^test\/(bench|conformance)\//, []],
  [/^test\/vscode\/e2e\/steps\/accessibility/, ['panels', ...endToEnd]],
  [/^test\/vscode\/e2e/, endToEnd],
  [/^test\/vscode\/(suite|run-in-host)/, inHost],
  [/^test\/vscode\//, ['unit', 'panels', ...inHost, ...endToEnd]],
  [/^\.github\//, ['unit']],
  [/^(docs\/|[A-Z]+(\.md)?$)/, ['package']],
];

/**
 * The ids of the steps that files can touch.
 * @param {readonly string[]} files paths in the repository
 */
export function stepsFor(files) {
  const touched = files.map(file => table.find(([begins]) => begins.test(file))?.[1]);
  if (touched.includes(undefined)) return steps.map(({ id }) => id);
  return [...new Set([...always, ...touched.flat()])];
}

/**
 * The files that differ from a commit, those that git does not know yet included.
 * @param {string} commit
 */
export function changedFiles(commit) {
  return [
    ...git('diff', '--name-only', '--no-renames', commit, '--'),
    ...git('ls-files', '--others', '--exclude-standard'),
  ];
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: repository, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr.trim()}`);
  return stdout.split('\n').filter(line => line !== '');
}
