import type { RunState } from '../../../src/shared/run-state';
import type { Mark } from '../../draw/line/line-picture';

/** A loss to hold the curve against. */
export interface LossMark extends Mark {
  /** What reaches it. */
  readonly means: string;
}

/**
 * What no model is needed for: a uniform guess, and counting on this file. One batch that is fitted again and again has
 * a least loss of its own instead.
 */
export function lossMarks({ info, lookedAt, purpose }: RunState): readonly LossMark[] {
  const facts = info ?? lookedAt?.facts;
  if (!facts) return [];
  const { vocabSize, countedLosses } = facts;
  const floor = info?.floor;
  const guess: LossMark = {
    name: 'guess',
    y: Math.log(vocabSize),
    stroke: 'dashed',
    means: `A uniform guess among ${vocabSize} characters`,
  };
  if (floor !== undefined)
    return [guess, { name: 'floor', y: floor, stroke: 'dotted', means: 'The least that the batch allows' }];
  if (purpose !== 'train' || !countedLosses) return [guess];
  const { letters, bigrams, trigrams } = countedLosses;
  return [guess, counted('letters', letters), counted('bigrams', bigrams), counted('trigrams', trigrams)].flatMap(
    mark => mark ?? [],
  );
}

const counting = {
  letters: 'How often each character occurs',
  bigrams: 'What follows each character',
  trigrams: 'What follows each two characters',
} as const;

function counted(name: keyof typeof counting, loss: number | undefined): LossMark | undefined {
  return loss === undefined ? undefined : { name, y: loss, stroke: 'dotted', means: counting[name] };
}
