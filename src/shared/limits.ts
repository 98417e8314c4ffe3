import { InputError } from './errors';

/** A larger file is refused before it is read: VS Code does not pass larger documents to extensions either. */
export const maxFileBytes = 50 * 2 ** 20;
/** A run that would need more memory is refused before it starts, unless a person allows more. */
export const defaultMemoryLimit = 2 ** 30;
const units = { GB: 2 ** 30, MB: 2 ** 20, KB: 2 ** 10 } as const;

/** 1234567 as "1.2 MB". */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of Object.entries(units)) if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`;
  return `${bytes} bytes`;
}

/** "1.5 GB" as bytes; undefined for what is no size. */
export function parseBytes(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMG]B)$/i.exec(text.trim()) ?? [];
  const bytes = Number(count) * (Object.entries(units).find(([known]) => known === unit.toUpperCase())?.[1] ?? NaN);
  return bytes > 0 ? bytes : undefined;
}

/** @throws InputError for a file that is too large */
export function checkFileSize(name: string, bytes: number): void {
  if (bytes <= maxFileBytes) return;
  throw new InputError(
    `${name} has ${formatBytes(bytes)}, and ${formatBytes(maxFileBytes)} is the most that can be trained on: use a part of it.`,
  );
}
