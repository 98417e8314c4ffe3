import { at } from '../../../src/shared/at';
import type { Walk } from '../../../src/shared/inspection';

/** What the model made of one character of a name. */
export interface CharacterLoss {
  /** Its index in the name. The boundary comes after the last character. */
  readonly place: number;
  readonly character: string;
  readonly probability: number;
  /** −log p, in nats. */
  readonly loss: number;
}

/** @param characters itos, the boundary first */
export function characterLosses({ text, probs }: Walk, characters: readonly string[]): CharacterLoss[] {
  const V = characters.length;
  return [...text, at(characters, 0)].map((character, place) => {
    const probability = at(probs.values, place * V + characters.indexOf(character));
    return { place, character, probability, loss: -Math.log(probability) };
  });
}

/** The loss of the name: nats per character, including the boundary. */
export function lossOfName(losses: readonly CharacterLoss[]): number {
  return losses.reduce((sum, { loss }) => sum + loss, 0) / losses.length;
}

/** The place with the largest loss; undefined where a loss is not a number. */
export function worstPlace(losses: readonly CharacterLoss[]): number | undefined {
  if (losses.some(({ loss }) => Number.isNaN(loss))) return undefined;
  return losses.reduce((worst, each) => (each.loss > worst.loss ? each : worst)).place;
}
