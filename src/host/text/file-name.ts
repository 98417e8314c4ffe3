import type { Preset } from '../../shared/presets';
import type { Source } from '../../shared/run';

/** `names-mlp-part2`, for files that come of a run: without the characters that a file system may refuse. */
export function runName({ name }: Source, { id }: Preset): string {
  const stem = name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return `${stem}-${id}`;
}
