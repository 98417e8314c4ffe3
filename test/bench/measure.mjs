// Measures participants in turn, round after round, so that whatever else the machine does affects all of them alike.
import { startNode, startPyTorch } from './participants.mjs';

/** How long each of them trains; the next one starts when it is done. */
const milliseconds = { warmUp: 500, block: 200, product: 50, watching: 1000 };
/** tfjs-cpu is so much slower than all others that a few rounds are enough. */
const roundsOfTfjsCpu = 3;
/** Compilation is timed in processes that have compiled nothing before. */
const compilations = 3;

/**
 * @typedef {object} Setup
 * @property {import('./nodes.mjs').Runtime[]} nodes
 * @property {import('./nodes.mjs').Runtime & {presets: string[]}} [pytorch]
 * @property {number} cores
 * @property {number} rounds
 * @property {string} namesFile
 * @property {(failure: string) => void} fail
 *
 * @typedef {object} Measured what one participant did
 * @property {string} asked the engine that was asked for, or 'pytorch'
 * @property {string} [node] its version
 * @property {string} [variant] what pytorch.py calls it
 * @property {number} [threads]
 * @property {any} ready its first line
 * @property {{milliseconds: number, firstStepMilliseconds: number}[]} compilations
 * @property {number[]} microseconds per step, one for each round
 * @property {(number | null)[]} losses at the ends of the rounds; null where one is not a number
 */

/**
 * @param {string} preset
 * @param {Setup} setup
 * @returns {Promise<Measured[]>}
 */
export async function measurePreset(preset, setup) {
  const started = [];
  try {
    for (const { start, ...who } of participantsOf(preset, setup)) {
      const participant = await attempt(start, preset, setup);
      if (participant) started.push({ ...who, ...participant, microseconds: [], losses: [] });
    }
    for (const { ask } of started) await ask({ milliseconds: milliseconds.warmUp });
    for (let round = 0; round < setup.rounds; round++)
      for (const { asked, ask, microseconds, losses } of started) {
        if (asked === 'tfjs-cpu' && round >= roundsOfTfjsCpu) continue;
        const answer = await ask({ milliseconds: milliseconds.block });
        microseconds.push(answer.microseconds);
        losses.push(answer.loss);
      }
  } finally {
    started.forEach(({ stop }) => stop());
  }
  return started;
}

function participantsOf(preset, { nodes, pytorch, cores, namesFile }) {
  const onNode = ['compiled', 'tfjs-wasm', 'tfjs-cpu'].flatMap(asked =>
    nodes.map(node => {
      const startOnce = () => startNode(node, 'participant', [asked, preset, namesFile]);
      return {
        asked,
        node: node.version,
        start: () => startSeveral(asked === 'compiled' ? compilations : 1, startOnce),
      };
    }),
  );
  const variants = pytorch?.presets.filter(name => name === preset || name.startsWith(`${preset},`)) ?? [];
  const onPython = variants.flatMap(variant =>
    [...new Set([1, cores])].map(threads => {
      const startOnce = () => startPyTorch(pytorch, variant, threads, namesFile);
      return { asked: 'pytorch', variant, threads, start: () => startSeveral(1, startOnce) };
    }),
  );
  return [...onNode, ...onPython];
}

/** Starts several, one after another; only the last one goes on running. */
async function startSeveral(times, startOnce) {
  const compilations = [];
  for (let i = 1; ; i++) {
    const participant = await startOnce();
    if (participant.ready.compilation) compilations.push(participant.ready.compilation);
    if (i === times) return { ...participant, compilations };
    participant.stop();
  }
}

/** A participant that cannot start is reported, and the others go on. */
async function attempt(start, preset, { fail }) {
  try {
    return await start();
  } catch (error) {
    fail(`${preset}: ${error.message}`);
    return undefined;
  }
}

/**
 * @param {import('./program-text.mjs').Product[]} products
 * @param {Setup} setup
 * @returns {Promise<{node: string, ready: any, microseconds: number[][]}[]>} of each product, the rounds
 */
export async function measureProducts(products, { nodes, rounds }) {
  const started = [];
  try {
    for (const node of nodes) started.push({ node: node.version, ...(await startNode(node, 'products', [])) });
    const results = started.map(({ node, ready }) => ({ node, ready, microseconds: products.map(() => []) }));
    // the first round warms up
    for (let round = 0; round <= rounds; round++)
      for (const [i, product] of products.entries())
        for (const [n, { ask }] of started.entries()) {
          const answer = await ask({ product, milliseconds: milliseconds.product });
          if (round > 0) results[n].microseconds[i].push(answer.microseconds);
        }
    return results;
  } finally {
    started.forEach(({ stop }) => stop());
  }
}

/**
 * Draws names in new processes, twice in each: the first draw also compiles what predicts.
 * @param {string} preset
 * @param {Setup} setup
 * @returns {Promise<{node: string, ready: any, first: number[], second: number[]}[]>} milliseconds
 */
export async function measureNames(preset, { nodes, rounds, namesFile }) {
  const results = nodes.map(({ version }) => ({ node: version, ready: undefined, first: [], second: [] }));
  for (let round = 0; round < rounds; round++)
    for (const [n, node] of nodes.entries()) {
      const { ready, ask, stop } = await startNode(node, 'names', [preset, namesFile]);
      results[n].ready = ready;
      results[n].first.push((await ask({})).milliseconds);
      results[n].second.push((await ask({})).milliseconds);
      stop();
    }
  return results;
}

/**
 * Trains with everything watched and with nothing watched, in turns of a second.
 * @param {string} preset
 * @param {Setup} setup
 * @returns {Promise<{preset: string, node: string, ready: any, percent: number[]}[]>} of the steps per second, lost
 */
export async function measureWatching(preset, { nodes, rounds, namesFile }) {
  const results = [];
  for (const node of nodes) {
    const { ready, ask, stop } = await startNode(node, 'watching', [preset, namesFile]);
    const pace = async watched => (await ask({ milliseconds: milliseconds.watching, watched })).microseconds;
    await pace(true); // compiles what watches
    const percent = [];
    for (let round = 0; round < rounds; round++) {
      const plain = await pace(false);
      percent.push(100 * (1 - plain / (await pace(true))));
    }
    stop();
    results.push({ preset, node: node.version, ready, percent });
  }
  return results;
}
