/**
 * What was measured. The runner prints it; a speed is reported, never required of a machine that others use too.
 * Global, since every test file is a bundle with its own copy of this module.
 */
const shared = globalThis as { makemoreFigures?: string[] };
export const figures = (shared.makemoreFigures ??= []);

export function figure(text: string): void {
  figures.push(text);
}
