import type { Preset } from '../../shared/presets';
import type { Source } from '../../shared/run';

/** A name of a file can have 255 bytes on most disks, and what else stands in ours needs some of them. */
const mostStemBytes = 120;

/** The base name of a run's files, such as `names-mlp-part2`, without characters that a file system may refuse. */
export function runName({ name }: Source, { id }: Preset): string {
  const stem = name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return `${cut(stem, mostStemBytes)}-${id}`;
}

/** As much of a text as fits into so many bytes of UTF-8: no character is cut in two. */
function cut(text: string, most: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most));
  return text.slice(0, read);
}
