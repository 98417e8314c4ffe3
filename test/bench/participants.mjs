// Starts participants of the bench: processes that answer a line of JSON on stdin with one on stdout.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import esbuild from 'esbuild';
import { forNode } from '../for-node.mjs';
import { inRepository } from '../vscode/harness/places.mjs';

const folder = inRepository('out/bench');

/**
 * `ready` is the first line; `ask` sends a question and waits for its answer.
 * @typedef {{ready: any, ask: (question: object) => Promise<any>, stop: () => void}} Participant
 */

const running = new Set();
process.once('exit', () => running.forEach(child => child.kill()));

/** Bundles the participants as the product is bundled (see esbuild.js). */
export async function buildParticipants() {
  await esbuild.build({
    ...forNode,
    entryPoints: {
      participant: 'test/bench/participant.ts',
      products: 'test/bench/products.ts',
      names: 'test/bench/names.ts',
      watching: 'test/bench/watching.ts',
      presets: 'src/shared/presets.ts',
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
  });
  // tfjs loads its WebAssembly from beside the script
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    fs.copyFileSync(inRepository('node_modules/@tensorflow/tfjs-backend-wasm/dist', file), path.join(folder, file));
}

/** The ids of the presets that are trained; those that count have nothing to measure. */
export function trainedPresets() {
  const { presets, isCounting } = createRequire(import.meta.url)(path.join(folder, 'presets.cjs'));
  return presets.filter(preset => !isCounting(preset)).map(({ id }) => id);
}

/**
 * @param {import('./nodes.mjs').Runtime} node
 * @param {'participant' | 'products' | 'names' | 'watching'} script
 * @param {string[]} args
 */
export function startNode(node, script, args) {
  return start(node.path, [path.join(folder, `${script}.cjs`), ...args], process.env);
}

/** PyTorch gets its threads from OpenMP; OpenBLAS, which does the products, only looks at the environment. */
export function startPyTorch(python, preset, threads, namesFile) {
  const names = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'];
  const env = { ...process.env, ...Object.fromEntries(names.map(name => [name, String(threads)])) };
  return start(python.path, [inRepository('test/bench/pytorch.py'), preset, String(threads), namesFile], env);
}

/** @returns {Promise<Participant>} */
async function start(command, args, env) {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', text => (complaint += text));
  const closed = once(child, 'close');
  child.stdin.on('error', () => undefined); // it has ended, which is reported below
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { done, value } = await lines.next();
    if (!done) return JSON.parse(value);
    await closed; // now it has said why
    throw new Error(`${path.basename(args[0])} ${args.slice(1, 3).join(' ')} ended: ${lastLines(complaint)}`);
  };
  const stop = () => {
    child.kill();
    running.delete(child);
  };
  const ask = question => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    return answer();
  };
  try {
    return { ready: await answer(), ask, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function lastLines(text) {
  return text.trim().split('\n').slice(-8).join('\n') || 'it said nothing';
}
