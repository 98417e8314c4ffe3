import { at } from '../../../src/shared/at';
import type { Batch } from '../../../src/shared/inspection';
import type { Hyperparameters } from '../../../src/shared/hyperparameters';
import { countOf, formatFixed, formatInteger } from '../../draw/format';
import type { Activations } from './activation-rows';
import type { Alert } from '../parts/alert';
import { smallerWeights } from '../parts/fix';
import { isOfNames, knownExamples, listedRow } from '../parts/batch-listing';
import type { SaturationLook, SeenLayer } from './look';
import type { DeadNeurons, SaturationMask } from './mask';
import { unsaturate } from '../parts/unsaturate';

/** More numbers than this nobody reads. */
const mostListed = 40;

/** "61.3 % of h is saturated, and 3 of its 200 neurons in all 32 rows." */
export function saturationSentence(layer: string, { width, rows }: Activations, mask: SaturationMask): string {
  const { share, throughout } = mask;
  const some = throughout.length === 0 ? 'none' : formatInteger(throughout.length);
  const neurons = `${some} of its ${countOf(width, 'neuron')}`;
  return `${formatFixed(100 * share, 1)}% of ${layer} is saturated, and ${neurons} in all ${countOf(rows.length, 'row')}.`;
}

/** What the rows and columns are, and what is left out. */
export function imageCaption({ width, places, rows }: Activations, batch: Batch): string {
  const examples = knownExamples(batch);
  const shown =
    examples < batch.rows ? `the first ${formatInteger(examples)} of ${formatInteger(batch.rows)}` : examples;
  const each = isOfNames(batch)
    ? `${countOf(rows.length, 'character')} of ${shown} names (what follows a name’s end is left out)`
    : places > 1
      ? `${shown} examples, ${formatInteger(places)} groups of characters each`
      : `${shown} examples`;
  return `Rows: ${each}. Columns: ${countOf(width, 'neuron')}.`;
}

/** A value in words: "neuron 17, ..e → m: h = −0.9987, saturated". */
export function cellSentence(
  { activations, batch, info }: SeenLayer,
  cell: { readonly row: number; readonly column: number },
  threshold: number,
): string {
  const { places, rows, values, width } = activations;
  const { before, part, after, target } = listedRow(batch, info.characters, at(rows, cell.row), places);
  const looked = before || after ? ` (at ${part})` : '';
  const h = at(values, cell.row * width + cell.column);
  const state = Math.abs(h) > threshold ? 'saturated' : 'not saturated';
  return `Neuron ${cell.column}, ${before}${part}${after}${looked} → ${target}: h = ${formatActivation(h)}, ${state}.`;
}

export function formatActivation(h: number): string {
  return h.toFixed(4).replace('-', '−');
}

/** "h2: 12, 77 (2 of 100)." */
export function deadSentence({ layer, width, neurons }: DeadNeurons): string {
  if (neurons.length === 0) return `${layer}: none of ${formatInteger(width)}.`;
  const more = neurons.length > mostListed ? ` and ${formatInteger(neurons.length - mostListed)} more` : '';
  const listed = neurons.slice(0, mostListed).join(', ');
  return `${layer}: ${listed}${more} (${formatInteger(neurons.length)} of ${formatInteger(width)}).`;
}

/** What deserves attention: neurons that are dead, or might be. */
export function saturationAlerts({ layer, throughout, dead }: SaturationLook, h: Hyperparameters): Alert[] {
  const alerts: Alert[] = [];
  const remedy = unsaturate(h);
  const fix = smallerWeights(h);
  const layers = dead.filter(({ neurons }) => neurons.length > 0).map(found => found.layer);
  if (layers.length > 0)
    alerts.push({
      kind: 'warning',
      title: `There are dead neurons in ${layers.join(', ')}`,
      says: `There are dead neurons in ${layers.join(', ')}: saturated for every example of the train split, they get hardly any gradient and do not learn.`,
      remedy,
      fix,
    });
  if (throughout)
    alerts.push({
      kind: 'hint',
      title: `A neuron of ${layer.name} is saturated for a whole batch`,
      says: `A neuron of ${layer.name} is saturated for every example of a batch: a white column. It might be dead; the search below goes through the whole train split.`,
      remedy,
      fix,
    });
  return alerts;
}
