#!/usr/bin/env node
// npx makemore ARGUMENTS: the command line, built first where it is missing or older than its sources.
// Only the command line itself writes to stdout.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';

const repository = fileURLToPath(new URL('..', import.meta.url));
const program = path.join(repository, 'dist/cli.js');

ensureInstalled();
await ensureBuilt();
// npm runs scripts in the repository, but a relative path refers to the folder in which it was typed
if (process.env.npm_lifecycle_event === 'makemore' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv[1] = program;
await import(pathToFileURL(program).href);

/** Several of these may start at once on a fresh clone: one builds, and the others wait. */
async function ensureBuilt() {
  const lock = path.join(repository, 'node_modules/.makemore-build');
  while (!isBuilt()) {
    if (!take(lock)) {
      await delay(100);
      continue;
    }
    try {
      if (!isBuilt()) build();
    } finally {
      fs.rmSync(lock, { force: true });
    }
  }
}

function isBuilt() {
  const built = modified(program);
  const sources = fs.readdirSync(path.join(repository, 'src'), { recursive: true }).map(name => path.join('src', name));
  return ['esbuild.js', 'package-lock.json', ...sources].every(name => modified(path.join(repository, name)) <= built);
}

function modified(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function build() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['esbuild.js'], { cwd: repository, encoding: 'utf8' });
  if (status === 0 && isBuilt()) return;
  process.stderr.write(`node esbuild.js failed:\n${stdout}${stderr}\n`);
  fs.rmSync(path.join(repository, 'node_modules/.makemore-build'), { force: true });
  process.exit(1);
}

/** Takes the lock unless a living process has it; one that a dead process left is removed, to be taken next time. */
function take(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(lock)) fs.rmSync(lock, { force: true });
    return false;
  }
}

function isHeld(lock) {
  try {
    process.kill(Number(fs.readFileSync(lock, 'utf8')) || process.pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
