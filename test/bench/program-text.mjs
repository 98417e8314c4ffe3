// The matrix products of a program, read from what the compiled engine prints of it (src/engine/print.ts).

/**
 * (M, K) times (K, N), `batch` times; a transposed operand lies in memory column by column.
 * @typedef {{batch: number, M: number, K: number, N: number, transposeA: boolean, transposeB: boolean}} Product
 */

/** `product 4 times (200, 32) (32, 27) @4736[4,200,27] = @30352[4,32,200]ᵀ @128[4,32,27]` */
const productLine = /product (?:(\d+) times )?\((\d+), (\d+)\) \(\d+, (\d+)\) \S+ = \S+?(ᵀ?) (\S+)$/;

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
    return [{ batch, M, K, N, transposeA: match[5] !== '', transposeB: isCopied(match[6], lines.slice(0, i)) }];
  });
}

/** Multiplications and additions. */
export function flopOf({ batch, M, K, N }) {
  return 2 * batch * M * K * N;
}

/** The engine copies a second operand whose rows are not contiguous: the copy belongs to the product. */
function isCopied(operand, linesBefore) {
  const written = linesBefore.findLast(line => line.includes(` ${operand} = `));
  return written !== undefined && /^ *\d+ {2}loop \S+ \S+ = \S+\]$/.test(written);
}
