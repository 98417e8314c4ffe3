import type { RunEvent } from '../../src/shared/protocol';

/** The events of a run, to be played again. */
export interface Recording {
  readonly title: string;
  /** Milliseconds since the start, and the event at that time. */
  readonly events: readonly (readonly [milliseconds: number, event: RunEvent])[];
}

/** The types that the protocol has. */
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

/** A message as it arrives at the other end of a webview. */
export function asPosted<T>(message: T): T {
  return decode(encode(message)) as T;
}

/**
 * Like VS Code posts to a webview: JSON except for typed arrays, so a number that is not finite becomes null.
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
  const { name } = constructor;
  if (!isTypedArray(name)) throw new Error(`A recording cannot hold a ${name}.`);
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const base64 = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  return { typedArray: name, base64 };
}

function isTypedArray(name: string): name is keyof typeof typedArrays {
  return Object.hasOwn(typedArrays, name);
}

function isPacked(value: unknown): value is Packed {
  return typeof value === 'object' && value !== null && 'typedArray' in value;
}

function unpack({ typedArray, base64 }: Packed): ArrayBufferView {
  return new typedArrays[typedArray](Uint8Array.from(atob(base64), character => character.charCodeAt(0)).buffer);
}
