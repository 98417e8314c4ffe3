import '../parts/listing.css';
import { at } from '../../../src/shared/at';
import type { WatchedTensor } from '../../../src/shared/run';
import { Changes } from '../../draw/changes';
import { element, iconButton, setText } from '../../draw/element';
import { countOf, formatInteger } from '../../draw/format';
import { listedRow } from '../parts/batch-listing';
import { IncomingStrips } from './incoming-strips';
import { weightGroups, weightsInto, type Feed, type WeightGroup } from './incoming-weights';
import type { PanelContext } from '../panel';
import type { SaturationLook, SeenLayer } from './look';
import { saturatingRows } from './mask';
import { formatActivation } from './sentences';

/** More examples would tell nothing new. */
const mostExamples = 12;

/** A neuron of the layer that is shown. */
interface ChosenNeuron {
  readonly look: SaturationLook;
  readonly neuron: number;
  /** The matrix before the layer; undefined until it is there. */
  readonly matrix: WatchedTensor | undefined;
  readonly feed: Feed | undefined;
}

/** The chosen neuron: its incoming weights, and the examples that saturate it. */
export class NeuronDetail {
  private readonly title = element('h3');
  private readonly weightsTitle = element('p', { class: 'quiet' });
  private readonly strips: IncomingStrips;
  private readonly examplesTitle = element('p', { class: 'quiet' });
  private readonly examples = element('ol', { class: 'listing characters' });
  readonly root: HTMLElement;
  private readonly changedWeights = new Changes();
  private readonly changedExamples = new Changes();
  private groups: readonly WeightGroup[] = [];

  constructor(context: PanelContext, close: () => void) {
    this.strips = new IncomingStrips(context);
    this.root = element(
      'div',
      { class: 'neuron-detail' },
      element('div', { class: 'toolbar' }, this.title, iconButton('close', 'Close the neuron', close)),
      this.weightsTitle,
      this.strips.root,
      this.examplesTitle,
      this.examples,
    );
  }

  render(chosen: ChosenNeuron): void {
    const { look, neuron, matrix, feed } = chosen;
    const { layer, threshold } = look;
    const { activations, info } = layer;
    setText(this.title, `Neuron ${neuron} of ${layer.name}`);
    this.strips.root.hidden = !matrix;
    setText(this.weightsTitle, weightsSentence(chosen));
    if (matrix && feed) {
      if (this.changedWeights.of(matrix, neuron))
        this.groups = weightGroups(weightsInto(matrix, feed, neuron), info, layer.name, feed);
      this.strips.draw({ groups: this.groups, neuron });
    }
    if (!this.changedExamples.of(activations, neuron, threshold)) return;
    const rows = saturatingRows(activations, neuron, threshold);
    setText(this.examplesTitle, examplesSentence(rows.length, activations.rows.length));
    this.examples.replaceChildren(...rows.slice(0, mostExamples).map(row => exampleItem(layer, row, neuron)));
  }

  dispose(): void {
    this.strips.dispose();
  }
}

function weightsSentence({ matrix, feed, neuron }: ChosenNeuron): string {
  if (!matrix || !feed) return 'Its weights come with the next look inside.';
  const line = feed.neuronsAre === 'columns' ? 'column' : 'row';
  return `Incoming weights: ${line} ${neuron} of ${feed.parameter} (${matrix.shape.join(', ')}).`;
}

function examplesSentence(saturating: number, rows: number): string {
  if (saturating === 0) return `None of the ${countOf(rows, 'row')} saturates it.`;
  const few = saturating > mostExamples ? `, the ${mostExamples} largest first` : ', the largest first';
  return `Saturated by ${formatInteger(saturating)} of ${countOf(rows, 'row')}${few}:`;
}

function exampleItem({ activations, batch, info }: SeenLayer, row: number, neuron: number): HTMLElement {
  const { rows, places, values, width } = activations;
  const { before, part, after, target } = listedRow(batch, info.characters, at(rows, row), places);
  const looked = before || after ? element('u', {}, part) : part;
  const h = element('span', { class: 'number' }, formatActivation(at(values, row * width + neuron)));
  return element('li', {}, before, looked, `${after} → ${target} `, h);
}
