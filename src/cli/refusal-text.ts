import { flagFor } from './flags';
import type { InputError } from '../shared/errors';
import { MemoryRefusal } from '../shared/memory-refusal';

/** What is wrong, with the flags that help. */
export function refusalText(error: InputError): string {
  const sentence = error instanceof MemoryRefusal ? `${error.reason} ${error.advice}.` : error.message;
  const flags = error instanceof MemoryRefusal ? remedyFlags(error) : [flagFor(error.option ?? '')];
  const known = flags.filter(flag => flag !== undefined);
  return known.length === 0 ? sentence : sentence.replace(/\.$/, ` (${known.join(' ')}).`);
}

function remedyFlags({ remedy: { hyperparameters, maxLength } }: MemoryRefusal): string[] {
  return Object.entries({ ...hyperparameters, maxLength }).flatMap(([name, value]) => {
    const flag = value === undefined ? undefined : flagFor(name);
    return flag === undefined ? [] : [`${flag} ${value}`];
  });
}
