import { detect } from 'chardet';
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

/** What the bytes look like. In short texts, encodings that differ little are told apart by what only one of them has. */
function guess(bytes: Uint8Array): string {
  const label = detect(bytes) ?? 'windows-1252';
  const text = decodeAs(label, bytes);
  if (text === decodeAs('windows-1252', bytes)) return 'windows-1252';
  return label === 'Big5' && !hasLowTrail(bytes) ? 'gbk' : label;
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
