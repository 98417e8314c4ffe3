/** Files that are not as they were written. */
import fc from 'fast-check';

/** What happens to a file: a byte changes, its end or a part is missing, a part comes twice, other bytes come in between. */
type Damage = (bytes: Buffer) => Buffer;

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const part = fc.tuple(fraction, fraction).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const placeIn = (bytes: Buffer, share: number): number => Math.floor(share * bytes.length);

const flip = fc.tuple(fraction, fc.integer({ min: 1, max: 255 })).map(([share, bits]): Damage => bytes => {
  const changed = Buffer.from(bytes);
  const place = placeIn(bytes, share);
  if (bytes.length > 0) changed.writeUInt8(bytes.readUInt8(place) ^ bits, place);
  return changed;
});
const cut = fraction.map(
  (share): Damage =>
    bytes =>
      bytes.subarray(0, placeIn(bytes, share)),
);
const without = part.map(
  ([from, to]): Damage =>
    bytes =>
      Buffer.concat([bytes.subarray(0, placeIn(bytes, from)), bytes.subarray(placeIn(bytes, to))]),
);
const twice = part.map(
  ([from, to]): Damage =>
    bytes =>
      Buffer.concat([bytes.subarray(0, placeIn(bytes, to)), bytes.subarray(placeIn(bytes, from))]),
);
const zeros = part.map(
  ([from, to]): Damage =>
    bytes =>
      Buffer.from(bytes).fill(0, placeIn(bytes, from), placeIn(bytes, to)),
);
const between = fc.tuple(fraction, fc.uint8Array({ minLength: 1, maxLength: 20 })).map(
  ([share, others]): Damage =>
    bytes =>
      Buffer.concat([bytes.subarray(0, placeIn(bytes, share)), others, bytes.subarray(placeIn(bytes, share))]),
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
