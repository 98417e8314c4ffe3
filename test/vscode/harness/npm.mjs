// The npm client, and folders filled from npm packages once and for all.
import { execFile } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cache } from './places.mjs';

const run = promisify(execFile);

/** Runs `npm ARGS` in a folder; throws with npm's own words when it fails. */
export async function npm(args, cwd) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd, maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' };
  await run('npm', [...args, ...quiet], options);
}

/**
 * Unpacks a package of the registry into a folder, as it is, without its dependencies.
 * @param {{spec: string, integrity?: string}} pin name@version, and the sha512 of the tarball where it is pinned
 * @param {string} folder
 * @param {string[]} [tarArguments] which members to take; the leading `package/` is dropped
 */
export async function unpack({ spec, integrity }, folder, tarArguments = []) {
  const download = fs.mkdtempSync(path.join(folder, '.pack-'));
  try {
    await npm(['pack', spec], download);
    const tarball = path.join(download, fs.readdirSync(download)[0]);
    const digest = crypto.createHash('sha512').update(fs.readFileSync(tarball)).digest('base64');
    if (integrity && integrity !== `sha512-${digest}`) {
      throw new Error(`${spec}: the registry's tarball has sha512-${digest}, not the pinned ${integrity}`);
    }
    await run('tar', ['xzf', tarball, '-C', folder, '--strip-components=1', ...tarArguments]);
  } finally {
    fs.rmSync(download, { recursive: true, force: true });
  }
}

/**
 * A folder of the cache, filled at its first use. It is filled under another name and renamed when complete, so an
 * interrupted download leaves nothing that looks finished, and two processes may do it at the same time.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>} the folder
 */
export function cached(name, fill) {
  if (!underWay.has(name)) underWay.set(name, fillOnce(name, fill));
  return underWay.get(name);
}

const underWay = new Map();

async function fillOnce(name, fill) {
  const folder = path.join(cache, name);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(cache, { recursive: true });
  removeAbandoned();
  const unfinished = `${folder}.tmp-${process.pid}`;
  fs.mkdirSync(unfinished);
  try {
    await fill(unfinished);
    fs.renameSync(unfinished, folder);
  } catch (error) {
    const otherProcessWasFirst = fs.existsSync(folder);
    if (!otherProcessWasFirst) {
      throw new Error(`could not fill ${name}: ${error.stderr || error.message}`, { cause: error });
    }
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** What processes that are gone left half-filled. */
function removeAbandoned() {
  for (const entry of fs.readdirSync(cache)) {
    const pid = /\.tmp-(\d+)$/.exec(entry)?.[1];
    if (pid && !isAlive(Number(pid))) fs.rmSync(path.join(cache, entry), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
