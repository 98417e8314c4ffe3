// Compares our numbers with the published ones.

/**
 * @typedef {object} Judged
 * @property {string} what
 * @property {(string | number)[]} published
 * @property {(string | number)[]} ours none if there was no answer
 * @property {number | null} band null for words; 0 if whole numbers must be equal
 * @property {string} [why] why the band is not half a unit of the last printed digit
 * @property {boolean} holds
 */

/**
 * @param {import('./published.mjs').Row} row
 * @param {unknown} answer one value or several
 * @returns {Judged}
 */
export function judge({ what, published, band }, answer) {
  const words = published.split(/[\s/]+/);
  const numbers = words.map(word => Number(word.replaceAll(',', '')));
  const areNumbers = numbers.every(Number.isFinite);
  const width = areNumbers ? (band?.width ?? halfUnit(digitsOf(published))) : null;
  const expected = areNumbers ? numbers : words;
  const ours = [answer ?? []].flat();
  const near = (one, other) => (areNumbers ? Math.abs(one - other) <= width : one === other);
  return {
    what,
    published: expected,
    ours,
    band: width,
    ...(band && { why: band.why }),
    holds: ours.length === expected.length && ours.every((value, i) => near(value, expected[i])),
  };
}

/** Digits after the point. */
export function digitsOf(published) {
  return /\.(\d+)/.exec(published)?.[1].length ?? 0;
}

const halfUnit = digits => (digits > 0 ? Number(`5e-${digits + 1}`) : 0);
