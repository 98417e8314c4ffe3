import type { Places } from '../../../src/shared/run';
import { countOf, formatInteger } from '../../draw/format';

/** Which names these are, and what the editor shows of them. */
export function placesSentence({ characters, names, holding, occurrences, marked, more }: Places): string {
  const what = `“${characters.join('')}”`;
  if (holding === 0) return `No name holds ${what}.`;
  const often = occurrences === holding || more ? '' : `, ${formatInteger(occurrences)} times in all`;
  const held = `${what} stands in ${more ? 'at least ' : ''}${countOf(holding, 'name')}${often}.`;
  const marks =
    marked === 0
      ? 'The file is no longer there: nothing can be marked in it.'
      : marked < occurrences || more
        ? `The first ${formatInteger(marked)} places are marked in the editor.`
        : 'The editor marks where.';
  const listed = names.length < holding ? ` The first ${formatInteger(names.length)}:` : '';
  return `${held} ${marks}${listed}`;
}
