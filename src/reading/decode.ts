import { analyse } from 'chardet';
import { decodeAs } from './decode-as';
import { InputError, quote } from '../shared/errors';

export interface Decoded {
  readonly text: string;
  /** A sentence about an encoding that is not UTF-8. */
  readonly notes: readonly string[];
}

/**
 * The text of a file, whatever its encoding.
 *
 * @param label an encoding as browsers name them; without it the bytes decide
 * @throws InputError for an encoding that does not exist, or bytes that are no text
 */
export function decodeText(bytes: Uint8Array, source: string, label?: string): Decoded {
  if (label !== undefined) return { text: decode(label, bytes), notes: [] };
  if (isUtf32(bytes)) throw new InputError(`${source} is in UTF-32, which cannot be read: save it as UTF-8.`);
  const marked = markedEncoding(bytes);
  if (marked) return told(bytes, source, marked);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    return told(bytes, source, guess(bytes));
  }
}

function told(bytes: Uint8Array, source: string, label: string): Decoded {
  const { encoding } = new TextDecoder(label);
  const name = encoding === 'windows-1252' ? 'Windows-1252' : encoding.toUpperCase();
  const remedy = 'save it as UTF-8 to be sure, or name another encoding with --encoding';
  return {
    text: decodeAs(label, bytes),
    notes: name === 'UTF-8' ? [] : [`${source} was read as ${name}: ${remedy}.`],
  };
}

/** By its byte order mark, which begins like that of UTF-16. */
function isUtf32([a, b, c, d]: Uint8Array): boolean {
  return (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
}

/** A byte order mark, or UTF-16 without one: every other byte of plain letters is 0. */
function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const looked = Math.min(bytes.length & ~1, 4096);
  for (let i = 0; i < looked; i++) if (bytes[i] === 0) zeros[i % 2]!++; // there are two
  const [even = 0, odd = 0] = zeros;
  const many = looked / 4;
  if (looked >= 2 && odd > many && even < odd / 4) return 'utf-16le';
  if (looked >= 2 && even > many && odd < even / 4) return 'utf-16be';
  return undefined;
}

/** Encodings are compared by what they make of so many bytes: of many megabytes it would take half a minute. */
const mostCompared = 2 ** 16;
/** In no name: signs, what is cut or unassigned, ideographs within a Latin word, and a capital letter inside of a word. */
const odd =
  /[^\p{L}\p{M}\p{N}\p{Z}\p{P}\n\r\t$+<=>^`|~]|[¡-¿‚„†‡‰‹›•]|[A-Za-z](?=[\p{sc=Han}\p{sc=Kana}])|[\p{sc=Han}\p{sc=Kana}](?=[A-Za-z])|(?<=\p{Ll})(?![A-Z])\p{Lu}/gu;

/**
 * What the bytes look like. Short texts look like many encodings: the likeliest is the one that makes names of them, and
 * encodings that differ little are told apart by what only one of them has.
 */
function guess(bytes: Uint8Array): string {
  const sample = beginningOf(bytes);
  const oddities = (label: string): number => decodeAs(label, sample).match(odd)?.length ?? 0;
  const labels = analyse(sample)
    .map(({ name }) => name as string)
    .filter(name => name !== 'ASCII' && isKnown(name))
    .concat('windows-1252', 'windows-1250');
  const [label = 'windows-1252'] = labels
    .map(name => ({ name, odd: oddities(name) }))
    .sort((a, b) => a.odd - b.odd) // stable: of those that are as odd, the one that is detected
    .map(({ name }) => name);
  const text = decodeAs(label, bytes);
  if (text === decodeAs('windows-1252', bytes)) return 'windows-1252';
  return label === 'Big5' && !hasLowTrail(bytes) ? 'gbk' : label;
}

/** Whole lines from the first one on that is not in ASCII. */
function beginningOf(bytes: Uint8Array): Uint8Array {
  const start =
    bytes.lastIndexOf(
      10,
      bytes.findIndex(byte => byte >= 0x80),
    ) + 1;
  const most = start + mostCompared;
  const end = most >= bytes.length ? bytes.length : bytes.lastIndexOf(10, most) + 1;
  return bytes.subarray(start, end > start ? end : most); // one line may be longer
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false; // such as UTF-32, which browsers do not read
  }
}

/** In Big5, two of five characters end in a byte below 0x80. In a Chinese text without one, it is not Big5. */
function hasLowTrail(bytes: Uint8Array): boolean {
  let isTrail = false;
  for (const byte of bytes) {
    if (isTrail && byte >= 0x40 && byte < 0x7f) return true;
    isTrail = !isTrail && byte >= 0x80;
  }
  return false;
}

function decode(label: string, bytes: Uint8Array): string {
  try {
    return decodeAs(label, bytes);
  } catch {
    throw new InputError(
      `There is no encoding ${quote(label)}: name one as browsers do, such as utf-8, windows-1252, or gbk.`,
    );
  }
}
