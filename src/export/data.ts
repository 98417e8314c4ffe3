import { readNames } from '../shared/names';
import type { ModelId } from '../shared/presets';
import { createVocabulary, type Vocabulary } from '../shared/vocabulary';
import type { StoredRun } from '../store/run-folder';

/** What the names of a run decide about its model. */
export interface ExportedData {
  /** Those that the preset uses. */
  readonly names: readonly string[];
  readonly vocabulary: Vocabulary;
  /** Characters that the model sees, the boundary included. */
  readonly blockSize: number;
}

/** Of the models whose context is theirs, and neither chosen nor as long as the longest name. */
const contextLengths: Readonly<Partial<Record<ModelId, number>>> = {
  bigram: 1,
  trigram: 2,
  'one-neuron': 1,
  'bigram-net': 1,
  'trigram-net': 2,
};

/** @throws InputError where the text has no names */
export function exportedData({ record, text }: StoredRun): ExportedData {
  const { source, preset, options } = record;
  const { names } = readNames(text, source.name, options.boundary);
  const used = names.slice(0, preset.names);
  const longest = used.reduce((most, name) => Math.max(most, [...name].length), 0);
  return {
    names: used,
    vocabulary: createVocabulary(names, options.boundary),
    blockSize: preset.hyperparameters.blockSize ?? contextLengths[preset.model] ?? longest + 1,
  };
}
