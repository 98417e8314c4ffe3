// Makes the recordings that the dev page plays and the tests of the panels look at, in out/recordings/.
//   node test/recordings/record.mjs [id ...]      those, or all, whatever is there
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import esbuild from 'esbuild';
import { forNode } from '../for-node.mjs';
import { inRepository, out, repository } from '../vscode/harness/places.mjs';
import { isMain } from '../vscode/harness/script.mjs';

const folder = path.join(out, 'recordings');
const bundle = path.join(out, 'recorder/recorder.js');

/** The panels know the DOM and the worker knows Node: this is where they meet, so it is in no project of TypeScript's. */
const entry = `
  import { ids, makeRecording } from './test/recordings/make';
  import { isOffered, watchOf } from './webview/open-panels';
  import { panels } from './webview/panels/index';
  const asNew = { get: (key, fallback) => fallback, set: () => undefined };
  const wishes = state => watchOf(panels.filter(panel => isOffered(panel, state)), state, () => asNew);
  export { ids };
  export const record = (id, folder) => makeRecording(id, folder, wishes);
`;

/**
 * Makes those recordings that are older than anything that they are made of.
 * @param {(id: string) => boolean} [isWanted] all are, unless told
 * @returns {Promise<string[]>} the ids of those that are wanted
 */
export async function ensureRecordings(isWanted = () => true) {
  const recorder = await buildRecorder();
  const wanted = recorder.ids.filter(isWanted);
  if (wanted.length === 0) throw new Error(`There is no such recording; there are ${recorder.ids.join(', ')}.`);
  const sources = newest(...['src', 'webview', 'test/recordings', 'media/names.txt'].map(name => inRepository(name)));
  const file = id => path.join(folder, `${id}.json`);
  const isOld = id => !fs.existsSync(file(id)) || fs.statSync(file(id)).mtimeMs < sources;
  await make(recorder, wanted.filter(isOld));
  return wanted;
}

/**
 * Makes recordings, whatever is there.
 * @param {string[]} [wanted] ids; all, unless told
 * @returns {Promise<import('./make').Made[]>}
 */
export async function makeRecordings(wanted) {
  const recorder = await buildRecorder();
  return make(recorder, wanted ?? recorder.ids);
}

async function make({ ids, record }, wanted) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'index.json'), JSON.stringify(ids));
  const made = [];
  for (const id of wanted) {
    made.push(await record(id, folder));
    print(made.at(-1));
  }
  return made;
}

/** @returns {Promise<{ids: string[], record: (id: string, folder: string) => Promise<import('./make').Made>}>} */
async function buildRecorder() {
  await esbuild.build({
    ...forNode,
    stdin: { contents: entry, resolveDir: repository },
    outfile: bundle,
  });
  const wasm = inRepository('node_modules/@tensorflow/tfjs-backend-wasm/dist');
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    fs.copyFileSync(path.join(wasm, file), path.join(path.dirname(bundle), file));
  process.chdir(repository);
  return createRequire(import.meta.url)(bundle);
}

/** When the latest change was made, in or below these. */
function newest(...places) {
  return Math.max(
    ...places.map(place => {
      const stat = fs.statSync(place);
      if (!stat.isDirectory()) return stat.mtimeMs;
      return newest(...fs.readdirSync(place).map(name => path.join(place, name)));
    }),
  );
}

function print({ id, events, bytes, milliseconds, bytesPerSecond }) {
  const kilobytes = n => `${Math.round(n / 1000).toLocaleString('en')} KB`;
  const rate = bytesPerSecond === undefined ? '' : `, ${kilobytes(bytesPerSecond)} per second while it trains`;
  console.log(
    `${id.padEnd(22)} ${events} events, ${kilobytes(bytes)}, made in ${(milliseconds / 1000).toFixed(1)} s${rate}`,
  );
}

if (isMain(import.meta.url)) {
  const wanted = process.argv.slice(2);
  await makeRecordings(wanted.length > 0 ? wanted : undefined);
}
