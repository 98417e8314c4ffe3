import type { Preset } from '../../shared/presets';
import type { Source } from '../../shared/run';

/** The base name of a run's files, such as `names-mlp-part2`, without characters that a file system may refuse. */
export function runName({ name }: Source, { id }: Preset): string {
  const stem = name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return `${stem}-${id}`;
}
