import { at } from '../../../src/shared/at';
import type { Walk } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';
import { formatShare } from '../../draw/format';

/** What the model expects at the place of a walk, and what is really there. */
export interface Distribution {
  readonly characters: readonly string[];
  /** (V); a counting model has none. */
  readonly logits: Float32Array | undefined;
  /** (V) */
  readonly probs: Float32Array;
  /** The index of the character that follows in the name. After its last character that is the boundary, 0. */
  readonly target: number;
}

export function distributionOf({ text, position, logits, probs }: Walk, { characters }: RunInfo): Distribution {
  const V = characters.length;
  const next = [...text].at(position);
  return {
    characters,
    logits,
    probs: probs.values.subarray(position * V, (position + 1) * V),
    target: next === undefined ? 0 : characters.indexOf(next),
  };
}

/** Where the largest values are, the largest first. */
export function indicesOfLargest(values: Float32Array, count: number): number[] {
  return [...values.entries()]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([i]) => i);
}

/** How many likely characters the sentence names. */
const named = 5;

export function likelySentence({ characters, probs, target }: Distribution): string {
  const likely = indicesOfLargest(probs, named).map(i => `“${at(characters, i)}” ${formatShare(at(probs, i))}`);
  const own = at(probs, target);
  const place = 1 + probs.filter(p => p > own).length;
  return `Most likely: ${likely.join(', ')}; what follows, “${at(characters, target)}”, has ${own.toFixed(4)}, place ${place} of ${probs.length}`;
}

export const distributionColumns = ['character', 'logit', 'probability'] as const;

export function distributionRows({ characters, logits, probs }: Distribution): string[][] {
  return characters.map((character, i) => [
    character,
    logits ? at(logits, i).toFixed(4).replace('-', '−') : '–',
    at(probs, i).toFixed(4),
  ]);
}
