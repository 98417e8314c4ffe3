/** Refuses a run that would take more memory than it may, and names the cause that helps. */
import { at } from '../shared/at';
import type { HyperparameterName } from '../shared/hyperparameters';
import { formatBytes } from '../shared/limits';
import { MemoryRefusal } from '../shared/memory-refusal';
import type { Lengths } from '../shared/names';
import { estimateBytes, sizesFor, type RunFacts } from './estimate';

/** Names are so few that they can be left out if they are no more than this share of all. */
const fewNames = 0.01;
/** A number that fits need not be the very largest: to look for it takes time. */
const closeEnough = 0.95;
/** A length that leaves names out is a round one. */
const leastMaxLength = 16;

/** What can be smaller, in the order in which it hurts least. */
const reducible = [
  ['batchSize', n => `A batch of ${n} examples`, 'batch'],
  ['nLayer', n => `A net of ${n} layers`, 'number of layers'],
  ['nHidden', n => `A hidden width of ${n}`, 'hidden width'],
] as const satisfies [HyperparameterName, (n: string) => string, string][];

/**
 * @param facts of the whole run
 * @param lengths of all names
 * @param limit in bytes
 * @returns the bytes that it will take
 * @throws MemoryRefusal if it would take more
 */
export function checkMemory(facts: RunFacts, lengths: Lengths, limit: number): number {
  const bytes = estimateBytes(facts);
  if (bytes <= limit) return bytes;
  const than = `${formatBytes(bytes)} of memory, and ${formatBytes(limit)} is the limit`;
  const refused = { facts, bytes, limit, than };
  throw ofLongNames(refused, lengths) ?? ofSettings(refused) ?? ofFile(refused);
}

interface Refused {
  readonly facts: RunFacts;
  readonly bytes: number;
  readonly limit: number;
  /** Both as words. */
  readonly than: string;
}

/** If a few names are far longer than the others, every name takes as much as they do. */
function ofLongNames({ facts, than, ...excess }: Refused, lengths: Lengths): MemoryRefusal | undefined {
  const { model, blockSize, names } = facts;
  if (model.kind === 'counting' || model.example === 'context') return undefined;
  const sizes = sizesFor(model, facts);
  const most = largestThatFits(blockSize - 1, n => estimateBytes({ ...facts, blockSize: n + 1 }, sizes), excess);
  if (most === undefined) return undefined;
  const all = [...lengths].map(([length, { count, line }]) => ({ length, count, line }));
  const long = all.filter(({ length }) => length > most);
  const count = long.reduce((sum, ofLength) => sum + ofLength.count, 0);
  const others = Math.max(0, ...all.filter(({ length }) => length <= most).map(({ length }) => length));
  if (others === 0 || count === 0 || count > Math.max(1, fewNames * names)) return undefined;
  const { length, line } = at(
    long.sort((a, b) => b.length - a.length),
    0,
  );
  const round = 2 ** Math.ceil(Math.log2(Math.max(leastMaxLength, others)));
  const maxLength = round <= most ? round : others;
  const longest = `ine ${group(line)} has ${group(length)}`;
  const which =
    count === 1
      ? `L${longest} characters`
      : `${group(count)} names have more than ${group(most)} characters (l${longest})`;
  return new MemoryRefusal(
    `${which}, the others ${group(others)} at most: a context that long needs ${than}.`,
    `Remove ${count === 1 ? 'it' : 'them'}, or leave longer names out`,
    { maxLength },
  );
}

function ofSettings({ facts, than, ...excess }: Refused): MemoryRefusal | undefined {
  const { hyperparameters: h } = facts;
  for (const [name, what, short] of reducible) {
    const value = name === 'batchSize' ? facts.rows : h[name];
    if (value === undefined || value < 2 || !Object.hasOwn(h, name)) continue;
    const changed = (n: number): RunFacts => ({
      ...facts,
      hyperparameters: { ...h, [name]: n },
      ...(name === 'batchSize' && { rows: n }),
    });
    const most = largestThatFits(value, n => estimateBytes(changed(n)), excess);
    if (most !== undefined)
      return new MemoryRefusal(
        `${what(group(value))} needs ${than}.`,
        `The largest ${short} that fits is about ${group(most)}`,
        {
          hyperparameters: { [name]: most },
        },
      );
  }
  return undefined;
}

function ofFile({ facts: { model, vocabSize }, than }: Refused): MemoryRefusal {
  const what =
    model.kind === 'counting'
      ? `A table for ${group(vocabSize)} characters needs`
      : `On this file the ${model.title} needs`;
  return new MemoryRefusal(`${what} ${than}.`, 'Use fewer names, or a file with fewer different characters', {});
}

/**
 * @param tooMany a number that does not fit
 * @param bytesOf grows with the number
 * @param excess the bytes of `tooMany`, and the limit
 * @returns undefined if not even 1 fits
 */
function largestThatFits(
  tooMany: number,
  bytesOf: (n: number) => number,
  { bytes, limit }: Pick<Refused, 'bytes' | 'limit'>,
): number | undefined {
  let fits = { n: 1, bytes: bytesOf(1) };
  let over = { n: tooMany, bytes };
  if (fits.bytes > limit) return undefined;
  for (let halve = false; over.n - fits.n > 1 && fits.bytes < closeEnough * limit; halve = !halve) {
    // What a run takes is nearly linear: in between by the bytes is a better guess than the middle, which comes every other time.
    const share = halve ? 0.5 : (limit - fits.bytes) / (over.bytes - fits.bytes);
    const n = Math.min(over.n - 1, Math.max(fits.n + 1, Math.floor(fits.n + share * (over.n - fits.n))));
    const bytes = bytesOf(n);
    if (bytes <= limit) fits = { n, bytes };
    else over = { n, bytes };
  }
  return fits.n;
}

function group(n: number): string {
  return n.toLocaleString('en-US');
}
