// The matrix products of a program, read from what the compiled engine prints of it (src/engine/print.ts).

/**
 * (M, K) times (K, N), `batch` of them; an operand that is transposed lies in memory as (K, M) or (N, K).
 * @typedef {{batch: number, M: number, K: number, N: number, transposeA: boolean, transposeB: boolean}} Product
 */

/** `product 4 times (32, 200) (200, 27) @4736[4,32,27] = @30352[4,32,200] W2[4,200,27]` */
const productLine = /product (?:(\d+) times )?\((\d+), (\d+)\) \(\d+, (\d+)\) \S+ = \S+?\[([\d,]*)\] (\S+)$/;

/**
 * @param {string} program
 * @returns {Product[]}
 */
export function productsOf(program) {
  const lines = program.split('\n');
  return lines.flatMap((line, i) => {
    const match = productLine.exec(line);
    if (!match) return [];
    const [batch, M, K, N] = match.slice(1, 5).map(text => Number(text ?? 1));
    const transposeA = isTransposed(match[5].split(',').map(Number), M, K);
    return [{ batch, M, K, N, transposeA, transposeB: isCopied(match[6], lines.slice(0, i)) }];
  });
}

/** Multiplications and additions. */
export function flopOf({ batch, M, K, N }) {
  return 2 * batch * M * K * N;
}

/** Whether an operand (M, K) is read from an array of this shape across its rows. Where that is both, it is no matter. */
function isTransposed(shape, M, K) {
  const splits = shape.map((_, axis) => [shape.slice(0, axis), shape.slice(axis)].map(part => part.reduce(times, 1)));
  const is = (rows, columns) => splits.some(([before, after]) => before === rows && after === columns);
  if (is(M, K)) return false;
  return is(K, M) || (K % shape.at(-1) !== 0 && M % shape.at(-1) === 0);
}

/** The engine copies an operand whose columns would have to lie side by side; that belongs to the product. */
function isCopied(operand, linesBefore) {
  const written = linesBefore.findLast(line => line.includes(` ${operand} = `));
  return written !== undefined && /^ *\d+ {2}loop \S+ \S+ = \S+\]$/.test(written);
}

function times(a, b) {
  return a * b;
}
