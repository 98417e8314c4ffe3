import type { RunEvent } from '../../src/shared/protocol';

/** A run as its events came, to be played again. */
export interface Recording {
  readonly title: string;
  /** Milliseconds since the start, and what was said then. */
  readonly events: readonly (readonly [milliseconds: number, event: RunEvent])[];
}

/** Those of which the protocol has any. */
const typedArrays = { Float32Array, Int32Array, Uint32Array, Uint8Array };

interface Packed {
  readonly typedArray: keyof typeof typedArrays;
  readonly base64: string;
}

export function encodeRecording(recording: Recording): string {
  return encode(recording);
}

export function decodeRecording(text: string): Recording {
  return decode(text) as Recording;
}

/** A message as it comes out of a webview's other end. */
export function asPosted<T>(message: T): T {
  return decode(encode(message)) as T;
}

/**
 * As VS Code posts to a webview: JSON but for typed arrays, so that a number that is not finite becomes null.
 *
 * @throws Error for an array of a type that is not in the table
 */
function encode(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (ArrayBuffer.isView(part) ? pack(part) : part));
}

function decode(text: string): unknown {
  return JSON.parse(text, (_, part: unknown) => (isPacked(part) ? unpack(part) : part));
}

function pack({ constructor, buffer, byteOffset, byteLength }: ArrayBufferView): Packed {
  if (!(constructor.name in typedArrays)) throw new Error(`A recording cannot hold a ${constructor.name}.`);
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const base64 = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  return { typedArray: constructor.name as Packed['typedArray'], base64 };
}

function isPacked(value: unknown): value is Packed {
  return typeof value === 'object' && value !== null && 'typedArray' in value;
}

function unpack({ typedArray, base64 }: Packed): ArrayBufferView {
  return new typedArrays[typedArray](Uint8Array.from(atob(base64), character => character.charCodeAt(0)).buffer);
}
