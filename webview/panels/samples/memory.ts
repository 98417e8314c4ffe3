import { heldOutOf } from '../../../src/shared/held-out';
import type { RunState } from '../../../src/shared/run-state';
import { formatInteger } from '../../draw/format';

/** With fewer of them expected among the held-out names, chance decides. */
const fewestExpected = 10;
/** So many standard deviations below what is expected are hardly chance. */
const surprising = 3;

/**
 * Whether a model repeats what it has learned from. Likely names stand in a file by themselves, and the more, the lower the
 * temperature: the control is the held-out names, of which a model without memory draws as many for their number.
 *
 * @returns empty where too few of the drawn names stand in the file, or where none were held out
 */
export function memorySentence({ info, preset, samples }: RunState): string {
  const split = preset && heldOutOf(preset);
  const size = split && info?.examples[split];
  const known = samples?.known;
  if (!known || !info || !size || size >= info.examples.train) return '';
  const times = info.examples.train / size;
  const share = 1 / (times + 1);
  const expected = (known.train + known.heldOut) * share;
  if (expected < fewestExpected) return '';
  const larger = `train is ${times.toFixed(times < 9.95 ? 1 : 0)} times as large`;
  const both = `of the different names that your file has once, ${formatInteger(known.train)} are in train and ${formatInteger(known.heldOut)} in ${split}, and ${larger}`;
  if (known.heldOut < expected - surprising * Math.sqrt(expected * (1 - share)))
    return `The model repeats names that it has learned from: ${both}. Without memory, about ${formatInteger(Math.round(expected))} would be in ${split}.`;
  return `No sign of memory: ${both}. A lower temperature raises both.`;
}
