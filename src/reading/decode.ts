import { detect } from 'chardet';
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
  if (label !== undefined) return { text: decoderOf(label).decode(bytes), notes: [] };
  const marked = markedEncoding(bytes);
  if (marked) return told(bytes, source, marked);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    return told(bytes, source, guess(bytes));
  }
}

function told(bytes: Uint8Array, source: string, label: string): Decoded {
  const decoder = decoderOf(label);
  const name = decoder.encoding === 'windows-1252' ? 'Windows-1252' : decoder.encoding.toUpperCase();
  const remedy = `: save it as UTF-8 to be sure, or name another encoding with --encoding.`;
  return {
    text: decoder.decode(bytes),
    notes: name === 'UTF-8' ? [] : [`${source} was read as ${name}${remedy}`],
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

/** In Big5 two of five characters end in a byte below 0x80; a Chinese text without one is GBK, whatever its letters are. */
function guess(bytes: Uint8Array): string {
  const label = detect(bytes) ?? 'windows-1252';
  const isAscii = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x40 && byte < 0x7f;
  let isSecond = false;
  let low = 0;
  for (const byte of bytes) {
    if (isSecond && isAscii(byte)) low++;
    isSecond = !isSecond && byte >= 0x80;
  }
  return label === 'Big5' && low === 0 ? 'gbk' : label;
}

function decoderOf(label: string) {
  try {
    return new TextDecoder(label);
  } catch {
    throw new InputError(
      `There is no encoding ${quote(label)}: name one as browsers do, such as utf-8, windows-1252, or gbk.`,
    );
  }
}
