// The results as Markdown, for people to read.
import * as goals from './goals.mjs';

/** @param {object} results what --json prints */
export function report(results) {
  const { machine, notes, failures } = results;
  return [
    heading(machine),
    notes.join('\n'),
    table(
      [
        'preset',
        'engine',
        'Node',
        'µs/step',
        'GFLOP/s',
        '× tfjs-cpu',
        '× tfjs-wasm',
        '× PyTorch (threads)',
        'goal',
        'met',
      ],
      results.rows.map(row => [
        row.preset,
        row.engine,
        row.fused ? `${row.node} fma` : row.node,
        ...[row.microseconds, row.gigaflops || undefined, row.timesTfjsCpu, row.timesTfjsWasm].map(number),
        row.timesPyTorch ? `${number(row.timesPyTorch)} (${row.threads})` : 'no PyTorch row',
        row.goals.map(({ goal }) => goal).join(', '),
        row.goals.map(({ met }) => yesOrNo(met)).join(', '),
      ]),
    ),
    'A step draws a batch, if it needs one, and makes one update; medians of the rounds, ratios of the same round. ' +
      "GFLOP/s counts the multiplications and additions of the compiled program's matrix products and nothing else.",
    section(
      'What each of them took',
      ['preset', 'who', 'µs/step', 'slowest round', 'fastest round'],
      results.speeds.map(({ preset, engine, node, threads, microseconds, rounds }) => [
        preset,
        engine === 'pytorch' ? `PyTorch, ${plural(threads, 'thread')}` : `${engine}, Node ${node}`,
        ...[microseconds, Math.max(...rounds), Math.min(...rounds)].map(number),
      ]),
    ),
    section(
      `Compilation, goal ${goals.compileMilliseconds} ms`,
      ['preset', 'Node', 'engine and training program, ms', 'first step, ms', 'met'],
      results.compilations.map(c => [c.preset, c.node, number(c.milliseconds), number(c.firstStep), yesOrNo(c.met)]),
    ),
    section(
      `Products of more than ${goals.product.megaflop} MFLOP, each by itself with the copies that transposing takes; ` +
        `goal ${goals.product.percentOfBest} percent of the best`,
      ['product', 'MFLOP', 'of', 'Node', 'GFLOP/s', '% of the best', 'met'],
      results.products.map(product => [
        productName(product),
        number(product.megaflop),
        product.presets.join(', '),
        product.node,
        number(product.gigaflops),
        product.percent.toFixed(0),
        yesOrNo(product.met),
      ]),
    ),
    section(
      `1,000 names from ${goals.names.preset}, goal ${goals.names.milliseconds} ms`,
      ['Node', 'after steps', 'first draw, ms', 'second draw, ms', 'met'],
      results.names.map(({ node, steps, first, second, met }) => [
        node,
        String(steps),
        number(first),
        number(second),
        yesOrNo(met),
      ]),
    ),
    section(
      `Every tensor, gradient and parameter watched, goal: less than ${goals.watching.percent} percent of the steps per second`,
      ['preset', 'Node', 'percent', 'met'],
      results.watching.map(({ preset, node, percent, met }) => [preset, node, percent.toFixed(1), yesOrNo(met)]),
    ),
    failures.length > 0
      ? `FAILED\n\n${failures.map(failure => `- ${failure}`).join('\n')}`
      : 'The first losses of all participants agree within 1 part in 10,000.',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function heading({ processor, cores, nodes, pytorch, date }) {
  const torch = pytorch ? `PyTorch ${pytorch}` : 'no PyTorch';
  return `### ${processor}, ${plural(cores, 'core')}, Node ${nodes.join(' and ')}, ${torch}, ${date}`;
}

/** `32×200 · (27×200)ᵀ` */
function productName({ batch, M, K, N, transposeA, transposeB }) {
  const a = transposeA ? `(${K}×${M})ᵀ` : `${M}×${K}`;
  const b = transposeB ? `(${N}×${K})ᵀ` : `${K}×${N}`;
  return `${batch > 1 ? `${batch} times ` : ''}${a} · ${b}`;
}

function section(title, columns, rows) {
  return rows.length > 0 ? `#### ${title}\n\n${table(columns, rows)}` : '';
}

function table(columns, rows) {
  return [columns, columns.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** Three digits. */
function number(n) {
  if (n === undefined || Number.isNaN(n)) return '';
  if (n >= 100) return Math.round(n).toLocaleString('en');
  return n.toFixed(n >= 10 ? 1 : 2);
}

function yesOrNo(met) {
  return met ? 'yes' : 'no';
}

function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
