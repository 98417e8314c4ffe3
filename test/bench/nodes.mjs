// What the participants of the bench run on: two versions of Node, and Python if it has PyTorch.
import { spawnSync } from 'node:child_process';
import { fetchNode } from '../vscode/harness/node.mjs';
import { inRepository } from '../vscode/harness/places.mjs';

/** The first major version of Node among VS Code's that multiplies and adds in one instruction (relaxed SIMD). */
const fusedMajor = 24;
/** @typedef {{version: string, path: string}} Runtime */

/**
 * The machine's Node, and Node 24 if that is a different one.
 * @returns {Promise<{nodes: Runtime[], notes: string[]}>}
 */
export async function findNodes() {
  const own = { version: process.versions.node, path: process.execPath };
  if (Number.parseInt(own.version) === fusedMajor) return { nodes: [own], notes: [] };
  try {
    return { nodes: [own, await fetchNode()], notes: [] };
  } catch (error) {
    return { nodes: [own], notes: [`No rows of Node ${fusedMajor}: ${error.message.trim().split('\n')[0]}`] };
  }
}

/**
 * The first Python that can import torch.
 * @returns {Runtime & {presets: string[]} | undefined} PyTorch's version, and what pytorch.py can train
 */
export function findPyTorch() {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [inRepository('test/bench/pytorch.py'), '--list'], {
      encoding: 'utf8',
    });
    if (status === 0) return { path: python, ...JSON.parse(stdout) };
  }
  return undefined;
}
