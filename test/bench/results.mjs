// Turns measurements into rows of the tables.
import * as goals from './goals.mjs';
import { flopOf, productsOf } from './program-text.mjs';

/** @typedef {import('./measure.mjs').Measured} Measured */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A row for each Node, and for each variant of PyTorch's step.
 * @param {string} preset
 * @param {Measured[]} measured
 */
export function rowsOf(preset, measured) {
  const variants = new Set(measured.flatMap(({ variant }) => variant ?? []));
  const names = variants.size > 0 ? [...variants] : [preset];
  return names.flatMap(name =>
    measured.filter(({ asked }) => asked === 'compiled').map(ours => rowOf(preset, name, ours, measured)),
  );
}

function rowOf(preset, name, ours, measured) {
  const peerOf = engine => measured.find(({ asked, node }) => asked === engine && node === ours.node);
  const pytorch = fastest(measured.filter(({ variant }) => variant === name));
  const microseconds = median(ours.microseconds);
  const flop = productsOf(ours.ready.program).reduce((sum, product) => sum + flopOf(product), 0);
  const row = {
    preset: name,
    engine: ours.ready.engine,
    node: ours.node,
    fused: ours.ready.simd === 'fma',
    microseconds,
    gigaflops: flop / microseconds / 1000,
    timesTfjsCpu: ratio(peerOf('tfjs-cpu'), ours),
    timesTfjsWasm: ratio(peerOf('tfjs-wasm'), ours),
    timesPyTorch: ratio(pytorch, ours),
    threads: pytorch?.threads,
  };
  // variants of PyTorch's step that are not the lecture's are for comparison only
  return { ...row, goals: name === preset ? goalsOf(preset, row) : [] };
}

function goalsOf(preset, { timesPyTorch, timesTfjsWasm }) {
  const wanted = goals.timesPyTorch[preset];
  return [
    ...(wanted && timesPyTorch ? [{ goal: `${wanted} × PyTorch`, met: timesPyTorch >= wanted }] : []),
    ...(timesTfjsWasm
      ? [{ goal: `${goals.timesTfjsWasm} × tfjs-wasm`, met: timesTfjsWasm >= goals.timesTfjsWasm }]
      : []),
  ];
}

/** How many times as long a peer takes: the median over rounds, as within a round both had the same conditions. */
function ratio(peer, ours) {
  return peer && median(peer.microseconds.map((microseconds, round) => microseconds / ours.microseconds[round]));
}

/** @param {Measured[]} measured */
function fastest(measured) {
  return measured.toSorted((a, b) => median(a.microseconds) - median(b.microseconds)).at(0);
}

/** The speed of each participant. */
export function speedsOf(preset, measured) {
  return measured.map(({ asked, variant, node, threads, microseconds, ready }) => ({
    preset: variant ?? preset,
    engine: asked,
    node,
    threads,
    firstLoss: ready.firstLoss,
    microseconds: median(microseconds),
    rounds: microseconds,
  }));
}

/** @param {Measured[]} measured */
export function compilationsOf(preset, measured) {
  return measured
    .filter(({ asked }) => asked === 'compiled')
    .map(({ node, compilations }) => {
      const milliseconds = median(compilations.map(c => c.milliseconds));
      const firstStep = median(compilations.map(c => c.firstStepMilliseconds));
      return { preset, node, milliseconds, firstStep, met: milliseconds < goals.compileMilliseconds };
    });
}

/**
 * What makes the bench fail: an engine that was not asked for, or a net that is not the same for all participants.
 * @param {Measured[]} measured
 */
export function failuresOf(preset, measured) {
  const label = ({ asked, node, threads, variant }) =>
    asked === 'pytorch' ? `PyTorch (${variant}, threads: ${threads})` : `${asked} on Node ${node}`;
  const reference =
    measured.find(({ asked }) => asked === 'pytorch') ?? measured.find(({ asked }) => asked === 'tfjs-cpu');
  const wanted = reference?.ready.firstLoss;
  const different = measured.filter(
    // negated, so that NaN counts as a difference
    ({ ready }) => !(Math.abs(ready.firstLoss - wanted) <= goals.lossTolerance * Math.abs(wanted)),
  );
  return [
    ...measured.flatMap(m => fallBackOf(`${preset}, ${label(m)}`, m.asked, m.ready)),
    ...measured.filter(m => m.losses.includes(null)).map(m => `${preset}: the loss of ${label(m)} is no number`),
    ...different.map(
      m => `${preset}: first loss ${m.ready.firstLoss} of ${label(m)}, but ${wanted} of ${label(reference)}`,
    ),
  ];
}

/** @returns {string[]} empty if the engine is the one that was asked for */
export function fallBackOf(what, asked, { engine }) {
  return engine === asked ? [] : [`${what}: ${engine} ran instead of ${asked}`];
}

/**
 * The distinct large products of the programs, and the presets that they belong to.
 * @param {{preset: string, measured: Measured[]}[]} all
 */
export function largeProductsOf(all) {
  const found = new Map();
  for (const { preset, measured } of all) {
    const program = measured.find(({ asked }) => asked === 'compiled')?.ready.program ?? '';
    for (const product of productsOf(program)) {
      if (flopOf(product) <= goals.product.megaflop * 1e6) continue;
      const key = JSON.stringify(product);
      const presets = found.get(key)?.presets ?? new Set();
      found.set(key, { product, presets: presets.add(preset) });
    }
  }
  return [...found.values()].map(({ product, presets }) => ({ ...product, presets: [...presets] }));
}

/** @param {Awaited<ReturnType<typeof import('./measure.mjs').measureProducts>>} measured in the order of `products` */
export function productRowsOf(products, measured) {
  return measured.flatMap(({ node, microseconds }) => {
    const speeds = products.map((product, i) => flopOf(product) / median(microseconds[i]) / 1000);
    const best = Math.max(...speeds);
    return products.map((product, i) => {
      const percent = (100 * speeds[i]) / best;
      return {
        ...product,
        node,
        megaflop: flopOf(product) / 1e6,
        gigaflops: speeds[i],
        percent,
        met: percent >= goals.product.percentOfBest,
      };
    });
  });
}

/** @param {Awaited<ReturnType<typeof import('./measure.mjs').measureWatching>>} measured */
export function watchingRowsOf(measured) {
  return measured.map(({ preset, node, percent }) => {
    const lost = median(percent);
    return { preset, node, percent: lost, met: lost < goals.watching.percent };
  });
}

/** @param {Awaited<ReturnType<typeof import('./measure.mjs').measureNames>>} measured */
export function nameRowsOf(measured) {
  return measured.map(({ node, ready, ...milliseconds }) => {
    const [first, second] = [median(milliseconds.first), median(milliseconds.second)];
    return { node, ...ready, first, second, met: first < goals.names.milliseconds };
  });
}
