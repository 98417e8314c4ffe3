import { models } from '../../../src/shared/models';
import type { BigramCounts } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { countsPicture, logCountsPicture, logitsPicture, probabilityPicture, type BigramPicture } from './picture';
import { allShown, columnProbabilities, probabilities, topProbability, wholeRange } from './probabilities';
import { addRowConstants, logCounts, rowConstants, softmaxRows } from './logits';

export type BigramMode = 'counts' | 'probability' | 'logCounts' | 'logits';

/** How the counts are looked at. */
export interface BigramChoice {
  readonly mode: BigramMode;
  readonly smoothing: number;
  /** What each count is divided by: the sum of its row or, by mistake, of its column. */
  readonly normalize: 'rows' | 'columns';
  /** Whether W is shown with the constants that make its rows the logs of the counts. */
  readonly addConstants: boolean;
  /** The character before those of a cell, where trigrams are shown. */
  readonly after?: string | undefined;
}

/** What the panel shows: one matrix, or two that belong together. */
export interface BigramView extends BigramChoice {
  /** Of rows and columns. */
  readonly tokens: readonly string[];
  readonly pictures: readonly BigramPicture[];
  /** Of the counts, divided rightly or wrongly. */
  readonly probs: Float32Array;
  readonly logCounts: Float32Array;
  /** What a bigram net has learned, where it is known. */
  readonly learned?: {
    readonly W: Float32Array;
    readonly probs: Float32Array;
    readonly constants: readonly number[];
  };
}

/** Whether the run learns the same table as a net. Not where some characters are left out, which would shift its rows. */
export function learnsTable({ preset, counts }: RunState): boolean {
  if (!preset || !counts) return false;
  return models[preset.model].logits === 'one-hot @ W' && allShown(counts);
}

/** Whether the table is the model itself, so that a mistake in it is one in the model. */
export function canBeMistaken({ preset, counts }: RunState): boolean {
  if (!preset || !counts) return false;
  const { logits, reads } = models[preset.model];
  return logits === null && reads === 'bigrams' && allShown(counts);
}

/** @param W (V, V), where the net learns one */
export function viewBigrams(counts: BigramCounts, choice: BigramChoice, W?: Float32Array): BigramView {
  const n = counts.tokens.length;
  const { mode, smoothing, normalize } = choice;
  const logs = logCounts(counts, smoothing);
  const probs = normalize === 'columns' ? columnProbabilities(counts, smoothing) : probabilities(counts, smoothing);
  const learned = W && { W, probs: softmaxRows(W, n), constants: rowConstants(logs, W, n) };
  const view = { ...choice, tokens: counts.tokens, probs, logCounts: logs, ...(learned && { learned }) };
  switch (mode) {
    case 'counts':
      return { ...view, pictures: [countsPicture(counts)] };
    case 'probability':
      return { ...view, pictures: probabilityPictures(probs, learned?.probs) };
    case 'logCounts':
      return { ...view, pictures: [logCountsPicture('Log counts', logs, counts)] };
    case 'logits': {
      const counted = logCountsPicture('Log counts: log(N + smoothing)', logs, counts);
      // W arrives a moment after it was asked for.
      return { ...view, pictures: learned ? [logitsOf(learned, logs, choice), counted] : [counted] };
    }
    default:
      return mode satisfies never;
  }
}

/** In the same colors, so that they can be compared. */
function probabilityPictures(counted: Float32Array, learned: Float32Array | undefined): BigramPicture[] {
  if (!learned) return [probabilityPicture('Probability', counted)];
  const largest = Math.max(topProbability(counted), topProbability(learned));
  return [probabilityPicture('Learned: softmax(W)', learned, largest), probabilityPicture('Counted', counted, largest)];
}

/** With the constants of its rows, W is comparable with the logs of the counts, so it has their colors. */
function logitsOf(
  { W, constants }: NonNullable<BigramView['learned']>,
  logs: Float32Array,
  { addConstants }: BigramChoice,
): BigramPicture {
  if (!addConstants) return logitsPicture('W, learned', W);
  return logitsPicture('W + the constant of each row', addRowConstants(W, constants), wholeRange(logs));
}
