// The runs on the disk, read without the extension's own code.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} KeptRun
 * @property {string} id
 * @property {string} folder
 * @property {number} step of its last checkpoint
 * @property {string} status
 * @property {string} engine
 * @property {number} written when, in milliseconds since 1970
 * @property {Float32Array} losses
 */

/** @param {import('../../harness/server.mjs').Server} server */
export function runsFolder(server) {
  return path.join(server.profile, 'data/User/globalStorage/makemore.makemore/runs');
}

/** @returns {KeptRun[]} those that have a checkpoint */
export function keptRuns(server) {
  const folder = runsFolder(server);
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap(id => readRun(path.join(folder, id)) ?? []);
}

/** Waits for the last checkpoint of a run to be what is wanted. */
export async function checkpointWith(server, what, holds, milliseconds = 30_000) {
  for (const end = Date.now() + milliseconds; Date.now() < end; await delay(50)) {
    const run = keptRuns(server).find(holds);
    if (run) return run;
  }
  const seen = keptRuns(server).map(({ id, step, status }) => `${id} ${status} at ${step}`);
  throw new Error(`no checkpoint is ${what}: ${seen.join(', ')}`);
}

/** Waits for last pictures that were written after a time, which takes two seconds of training. */
export async function picturesSince(server, time) {
  const folder = path.join(server.profile, 'data/User/globalStorage/makemore.makemore/last-pictures');
  const isNew = name =>
    !name.startsWith('unfinished') &&
    (fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) > time;
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(50)) {
    if (fs.existsSync(folder) && fs.readdirSync(folder).some(isNew)) return;
  }
  throw new Error('no last pictures were written');
}

/** @returns {KeptRun | undefined} undefined where there is no checkpoint yet */
export function readRun(folder) {
  const file = path.join(folder, 'checkpoint.safetensors');
  if (!fs.existsSync(file)) return undefined;
  const written = fs.statSync(file).mtimeMs;
  const bytes = fs.readFileSync(file);
  const begin = 8 + Number(bytes.readBigUInt64LE());
  const { __metadata__, losses } = JSON.parse(bytes.toString('utf8', 8, begin));
  const [from, to] = losses.data_offsets;
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + begin + from, bytes.byteOffset + begin + to));
  return { folder, ...JSON.parse(__metadata__.state), written, losses: values };
}
