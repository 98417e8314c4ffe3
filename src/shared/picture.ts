/** The picture of a panel, as the inspector posts it. */
export interface PanelPicture {
  readonly panel: string;
  readonly png: Uint8Array;
}

/** Fit for the name of a file. */
export function isPanelId(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z-]{1,40}$/.test(value);
}

const mostPngBytes = 64 * 2 ** 20;
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(value: unknown): value is Uint8Array {
  return (
    value instanceof Uint8Array && value.length <= mostPngBytes && pngSignature.every((byte, i) => value[i] === byte)
  );
}
