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

/**
 * A recording as VS Code posts to a webview: JSON but for typed arrays, so that a number that is not finite becomes null.
 *
 * @throws Error for an array of a type that is not in the table
 */
export function encodeRecording(recording: Recording): string {
  return JSON.stringify(recording, (_, value: unknown) => (ArrayBuffer.isView(value) ? pack(value) : value));
}

export function decodeRecording(text: string): Recording {
  return JSON.parse(text, (_, value: unknown) => (isPacked(value) ? unpack(value) : value)) as Recording;
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
