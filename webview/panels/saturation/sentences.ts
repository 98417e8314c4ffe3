import { at } from '../../../src/shared/at';
import type { Batch } from '../../../src/shared/inspection';
import { countOf, formatFixed, formatInteger } from '../../draw/format';
import type { Activations } from '../parts/activation-rows';
import { isOfNames, knownExamples, listedRow } from '../parts/batch-listing';
import type { SeenLayer } from './look';
import type { DeadNeurons, SaturationMask } from './mask';

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
