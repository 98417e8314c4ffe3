import { basename, join } from 'node:path';
import { readInput } from './read-input';
import { InputError } from '../shared/errors';
import { readNames } from '../reading/read-names';
import type { RunOptions } from '../shared/run';
import type { StoredRun } from '../store/run-folder';

/**
 * What to know about a file that was named with a run that is there already: the run goes on with the names that it keeps.
 *
 * @param file undefined if none was named
 */
export function keptNamesNote(file: string | undefined, workDir: string, { record, text }: StoredRun): string[] {
  if (file === undefined) return [];
  const { names } = readNames(text, record.source.name, record.options);
  const found = namesOf(file, record.options);
  const kept = `The run goes on with the names kept in ${join(workDir, 'names.txt')}`;
  if (typeof found === 'string') return [`${kept}: ${found}`];
  const more = found.length - names.length;
  if (more === 0 && found.every((name, i) => name === names[i])) return [];
  const count = Math.abs(more);
  const difference = `${count.toLocaleString('en-US')} ${count === 1 ? 'name' : 'names'} ${more > 0 ? 'more' : 'less'}`;
  return [`${kept}; ${basename(file)} has ${count === 0 ? 'other names' : difference}: train anew to use it.`];
}

/** Read as the run's own file was; or why it cannot be. */
function namesOf(file: string, options: RunOptions): readonly string[] | string {
  try {
    return readNames(readInput(file, {}).text, basename(file), options).names;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
