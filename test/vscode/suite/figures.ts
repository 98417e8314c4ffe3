/**
 * Measurements for the runner to print. Speeds are reported but never required: the machine may be shared.
 * Global, because every test file is a bundle with its own copy of this module.
 */
const shared = globalThis as { makemoreFigures?: string[] };
export const figures = (shared.makemoreFigures ??= []);

export function figure(text: string): void {
  figures.push(text);
}
