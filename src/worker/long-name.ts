import type { Lengths } from '../shared/names';
import type { LongName } from '../shared/run';
import { sizesFor, type RunFacts } from './estimate';

/** A step that takes less than so many times as long is nothing to talk about. */
const leastTimes = 2;

/** The one name that makes every step dearer, if there is one: makemore.py's models give every name the room of the longest. */
export function longNameOf(facts: RunFacts, lengths: Lengths): LongName | undefined {
  const { model, blockSize } = facts;
  if (model.kind === 'counting' || model.example === 'context') return undefined;
  const [longest, next] = [...lengths.keys()].sort((a, b) => b - a);
  if (longest === undefined || next === undefined || longest < leastTimes * next) return undefined;
  const { count, line } = lengths.get(longest)!; // it is one of the keys
  if (count > 1 || blockSize !== longest + 1) return undefined;
  const sizes = sizesFor(model, facts);
  const times = Math.floor(sizes(blockSize).work / sizes(next + 1).work);
  if (times < leastTimes) return undefined;
  const group = (n: number): string => n.toLocaleString('en-US');
  const sentence = `Line ${group(line)} has ${group(longest)} characters, the next longest name ${group(next)}: every step takes at least ${group(times)} times as long as without it.`;
  return { sentence, maxLength: next };
}
