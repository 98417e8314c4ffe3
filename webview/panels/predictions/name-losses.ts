import type { Walk } from '../../../src/shared/inspection';

/** What the model made of one character of a name. */
export interface CharacterLoss {
  /** Where it stands: 0 for the first; the boundary stands behind the last. */
  readonly place: number;
  readonly character: string;
  readonly probability: number;
  /** −log p, in nats. */
  readonly loss: number;
}

/** @param characters itos, the boundary first */
export function characterLosses({ text, probs }: Walk, characters: readonly string[]): CharacterLoss[] {
  const V = probs.shape[1];
  return [...text, characters[0]].map((character, place) => {
    const probability = probs.values[place * V + characters.indexOf(character)];
    return { place, character, probability, loss: -Math.log(probability) };
  });
}

/** Nats per character, the boundary included: the loss of the name. */
export function lossOfName(losses: readonly CharacterLoss[]): number {
  return losses.reduce((sum, { loss }) => sum + loss, 0) / losses.length;
}

/** The place that costs the most; none where a loss is no number. */
export function worstPlace(losses: readonly CharacterLoss[]): number | undefined {
  if (losses.some(({ loss }) => Number.isNaN(loss))) return undefined;
  return losses.reduce((worst, each) => (each.loss > worst.loss ? each : worst)).place;
}
