/** Refuses a run that would take more memory than it may, and names the cause that helps. */
import { at } from '../shared/at';
import type { HyperparameterName } from '../shared/hyperparameters';
import { formatBytes } from '../shared/limits';
import { MemoryRefusal } from '../shared/memory-refusal';
import type { Lengths } from '../shared/names';
import { bytesOfNames, estimateBytes, sizesFor, type RunFacts } from './estimate';

/** Names are so few that they can be left out if they are no more than this share of all. */
const fewNames = 0.01;
/** A number that fits need not be the very largest: to look for it takes time. */
const closeEnough = 0.95;
/** A part of a file that has fewer names is of no use. */
const leastNames = 1000;
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
  const refused = { facts, bytes, limit, than: thanOf(bytes, limit) };
  throw ofLongNames(refused, lengths) ?? ofSettings(refused) ?? ofNames(refused) ?? ofFile(refused);
}

/**
 * @param names how many were read, and `distinct` how many of them differ
 * @param limit in bytes
 * @throws MemoryRefusal if the names alone would take more
 */
export function checkNames(names: number, distinct: number, limit: number): void {
  const bytesOf = (n: number): number => bytesOfNames({ names: n, distinct: (distinct * n) / names });
  const bytes = bytesOf(names);
  if (bytes > limit) throw tooMany(names, thanOf(bytes, limit), largestThatFits(names, bytesOf, { bytes, limit }));
}

function thanOf(bytes: number, limit: number): string {
  return `${formatBytes(bytes)} of memory, and ${formatBytes(limit)} is the limit`;
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

/** A part of the file is like the whole. */
function ofNames({ facts, than, ...excess }: Refused): MemoryRefusal | undefined {
  const { model, names, characters, distinct } = facts;
  const sizes = model.kind === 'neural' ? sizesFor(model, facts) : undefined;
  const part = (n: number): RunFacts => ({
    ...facts,
    names: n,
    characters: (characters * n) / names,
    distinct: (distinct * n) / names,
  });
  const most = largestThatFits(names, n => estimateBytes(part(n), sizes), excess);
  return most === undefined || most < leastNames ? undefined : tooMany(names, than, most);
}

function tooMany(names: number, than: string, most = 0): MemoryRefusal {
  const fit = most < leastNames ? '' : `: about ${group(rounded(most))} names fit`;
  return new MemoryRefusal(`${group(names)} names need ${than}.`, `Use a part of the file${fit}`, {});
}

/** Down to two digits. */
function rounded(n: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return Math.floor(n / unit) * unit;
}

function ofFile({ facts, than, ...excess }: Refused): MemoryRefusal {
  const { model, vocabSize, blockSize } = facts;
  if (model.kind === 'neural' && model.example === 'sequence') {
    const sizes = sizesFor(model, facts);
    const longest = largestThatFits(blockSize - 1, n => estimateBytes({ ...facts, blockSize: n + 1 }, sizes), excess);
    if (longest !== undefined)
      return new MemoryRefusal(
        `Names of ${group(blockSize - 1)} characters need ${than}.`,
        `Use shorter ones: up to about ${group(longest)} characters fit`,
        {},
      );
  }
  const what =
    model.kind === 'counting'
      ? `A table for ${group(vocabSize)} characters needs`
      : `On this file the ${model.title} needs`;
  return new MemoryRefusal(`${what} ${than}.`, 'Use a file with fewer different characters', {});
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
