import { compose } from './name-lines';

/** In lower case, in any language. İ becomes i as in Turkish, which alone has it: Unicode would make two characters of it. */
export function lowerCase(name: string): string {
  return compose(name.replaceAll('İ', 'i').toLowerCase());
}
