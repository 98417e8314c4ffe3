/** Files that are not what was once written. */
import fc from 'fast-check';

/** What happens to bytes: some are changed, the end or a part is missing, a part comes twice, others stand between. */
type Damage = (bytes: Buffer) => Buffer;

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const part = fc.tuple(fraction, fraction).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const at = (bytes: Buffer, share: number): number => Math.floor(share * bytes.length);

const flip = fc.tuple(fraction, fc.integer({ min: 1, max: 255 })).map(([share, by]): Damage => bytes => {
  const changed = Buffer.from(bytes);
  changed[at(bytes, share)] ^= by;
  return changed;
});
const cut = fraction.map(
  (share): Damage =>
    bytes =>
      bytes.subarray(0, at(bytes, share)),
);
const without = part.map(
  ([from, to]): Damage =>
    bytes =>
      Buffer.concat([bytes.subarray(0, at(bytes, from)), bytes.subarray(at(bytes, to))]),
);
const twice = part.map(
  ([from, to]): Damage =>
    bytes =>
      Buffer.concat([bytes.subarray(0, at(bytes, to)), bytes.subarray(at(bytes, from))]),
);
const zeros = part.map(
  ([from, to]): Damage =>
    bytes =>
      Buffer.from(bytes).fill(0, at(bytes, from), at(bytes, to)),
);
const between = fc.tuple(fraction, fc.uint8Array({ minLength: 1, maxLength: 20 })).map(
  ([share, others]): Damage =>
    bytes =>
      Buffer.concat([bytes.subarray(0, at(bytes, share)), others, bytes.subarray(at(bytes, share))]),
);
const other = fc.uint8Array({ maxLength: 400 }).map(
  (bytes): Damage =>
    () =>
      Buffer.from(bytes),
);

/** Bytes that differ from these. */
export function damaged(whole: Buffer): fc.Arbitrary<Buffer> {
  return fc
    .array(fc.oneof(flip, cut, without, twice, zeros, between, other), { minLength: 1, maxLength: 3 })
    .map(damages => damages.reduce((bytes, damage) => damage(bytes), whole))
    .filter(bytes => !bytes.equals(whole));
}
