import { isFields, isNatural } from '../shared/fields';
import type { CountedLosses, RunFacts } from '../shared/run';
import { isPlainText } from './stored-text';

/** No file has more to be told of, in longer sentences. */
const mostNotes = 100;
const longestNote = 10_000;

/** What a checkpoint tells of its run; undefined where that cannot be read: no run is lost for it. */
export function decodeFacts(value: unknown): RunFacts | undefined {
  if (!isFields(value)) return undefined;
  const { names, notes, vocabSize, parameterCount, countedLosses } = value;
  if (!isNatural(names) || !isNatural(vocabSize) || !isNatural(parameterCount) || !isNotes(notes)) return undefined;
  return { names, notes, vocabSize, parameterCount, ...(isCounted(countedLosses) && { countedLosses }) };
}

function isNotes(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= mostNotes && value.every(note => isPlainText(note, longestNote));
}

function isCounted(value: unknown): value is CountedLosses {
  if (!isFields(value)) return false;
  const { letters, bigrams = 0, trigrams = 0 } = value;
  return [letters, bigrams, trigrams].every(loss => typeof loss === 'number' && Number.isFinite(loss) && loss >= 0);
}
