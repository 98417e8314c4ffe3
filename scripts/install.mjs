// Makes sure that node_modules matches package-lock.json. Uses nothing but Node, since nothing else may be installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** Runs `npm ci` when node_modules is missing, half-installed or older than package-lock.json. Writes to stderr only. */
export function ensureInstalled() {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
  if (isInstalled()) return;
  console.error('Installing the dependencies with npm ci; this happens once.');
  const stdio = ['ignore', process.stderr, process.stderr];
  const { status } = spawnSync('npm', ['ci'], { cwd: repository, stdio, shell: process.platform === 'win32' });
  if (status !== 0 || !isInstalled()) {
    console.error('npm ci failed; nothing can run without the dependencies.');
    process.exit(1);
  }
}

/** A sentence for a Node that is too old; undefined for any other. */
export function nodeProblem(version) {
  const { engines } = JSON.parse(fs.readFileSync(path.join(repository, 'package.json'), 'utf8'));
  const [oldest] = /[\d.]+/.exec(engines.node);
  const isOlder = version.localeCompare(oldest, 'en', { numeric: true }) < 0;
  return isOlder ? `Makemore needs Node ${oldest} or newer, and this is ${version}: install Node 24.` : undefined;
}

/** npm writes node_modules/.package-lock.json last, so an interrupted installation is noticed too. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    // the root itself is not installed, and an optional package may be for another platform
    ([name, entry]) => name === '' || entry.optional || present[name]?.version === entry.version,
  );
}

function packagesOf(lockFile) {
  const file = path.join(repository, lockFile);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : {};
}
