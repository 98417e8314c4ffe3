import { contextLength } from '../shared/models';
import { readNames } from '../reading/read-names';
import { createVocabulary, type Vocabulary } from '../shared/vocabulary';
import type { StoredRun } from '../store/run-folder';

/** What the names of a run decide about its model. */
export interface ExportedData {
  /** Those that the preset uses. */
  readonly names: readonly string[];
  readonly vocabulary: Vocabulary;
  /** How many characters the model sees, boundaries included. */
  readonly blockSize: number;
}

/** @throws InputError if the text has no names */
export function exportedData({ record, text }: StoredRun): ExportedData {
  const { source, preset, options } = record;
  const { names, leftOut } = readNames(text, source.name, options);
  const used = names.slice(0, preset.names);
  return {
    names: used,
    vocabulary: createVocabulary(names, options.boundary, { rules: options.reading, leftOut }),
    blockSize: contextLength(preset.model, preset.hyperparameters, used),
  };
}
