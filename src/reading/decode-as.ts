/**
 * The text of bytes in an encoding, as browsers read it. Node reads Windows-1252 as Latin-1 unless it is told that more
 * may come (nodejs/node#56542).
 *
 * @throws RangeError for an encoding that does not exist
 */
export function decodeAs(label: string, bytes: Uint8Array): string {
  const decoder = new TextDecoder(label);
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}
