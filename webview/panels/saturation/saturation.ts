import './saturation.css';
import { hasTanh } from '../../../src/shared/model-parts';
import { isTraining, type RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { Alerts } from '../parts/alerts';
import { DataTable } from '../parts/data-table';
import { DeadNeuronSearch } from './dead-neurons';
import { NeuronDetail } from './neuron-detail';
import type { Panel, PanelContext, PanelView } from '../panel';
import { chooseSaturation, noNeuron, watchOfSaturation, type SaturationChoice } from './choice';
import { SaturationImage } from './image';
import { SaturationLooks, type SaturationLook } from './look';
import { cellSentence, imageCaption, saturationSentence } from './sentences';
import { saturationColumns, saturationRows } from './table';
import { SaturationToolbar } from './toolbar';
import type { TableContent } from '../parts/table-content';
import { waitingSentence } from '../parts/waiting-sentence';

export const saturation: Panel = {
  id: 'saturation',
  title: 'Saturation',
  place: 'second',
  startsFolded: true,
  isOffered: ({ preset }) => preset !== undefined && hasTanh(preset),
  hasLeft: ({ inspection }) => inspection?.layers !== undefined,
  fact: ({ inspection }) => {
    const layers = inspection?.layers?.filter(({ kind }) => kind === 'tanh') ?? [];
    if (layers.length > 1) return `${layers.length} tanh layers`;
    return layers.map(({ name, shape }) => `${name} (${shape.join(', ')})`).join('');
  },
  lookFor: () => ({
    short: 'White is where |h| is above the threshold, and hardly any gradient passes.',
    more: 'The tanh is flat there: at 0.99, as in the picture of part 3, 2% of the gradient passes. The Activations panel counts from 0.97, where 6% does. A column that is all white is a neuron that hardly learns from this batch.',
  }),
  watches: (state, settings) => watchOfSaturation(chooseSaturation(state, settings)),
  mount: (root, context) => new SaturationView(root, context),
};

class SaturationView implements PanelView {
  private readonly toolbar: SaturationToolbar;
  private readonly summary = element('p', { class: 'fact-line' });
  private readonly image: SaturationImage;
  private readonly caption = element('p', { class: 'quiet' });
  private readonly readout = element('p', { class: 'quiet readout-line', id: 'saturation-readout' });
  private readonly detail: NeuronDetail;
  private readonly search: DeadNeuronSearch;
  private readonly alerts = new Alerts();
  private readonly table: DataTable<TableData>;
  private readonly waiting = element('p', { class: 'quiet' });
  private readonly content: HTMLElement;

  private readonly looks = new SaturationLooks();
  private readonly changedReadout = new Changes();

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    const { settings, redraw } = context;
    const choose = (neuron: number): void =>
      settings.set('neuron', neuron === settings.get<number>('neuron', noNeuron) ? noNeuron : neuron);
    this.toolbar = new SaturationToolbar(settings);
    this.image = new SaturationImage(this.readout.id, context, choose);
    this.detail = new NeuronDetail(context, () => settings.set('neuron', noNeuron));
    this.search = new DeadNeuronSearch(context);
    this.table = new DataTable('Saturation as a table', redraw, tableOf);
    const below = [this.detail, this.search, this.alerts, this.table].map(({ root }) => root);
    this.content = element(
      'div',
      {},
      this.toolbar.root,
      this.summary,
      this.image.root,
      this.caption,
      this.readout,
      ...below,
    );
    root.append(this.waiting, this.content);
  }

  render(state: RunState): void {
    const choice = chooseSaturation(state, this.context.settings);
    const look = this.looks.update(state, choice);
    this.waiting.hidden = look !== undefined;
    this.content.hidden = !look;
    setText(this.waiting, waitingSentence(state));
    if (!look) return;
    this.toolbar.render(choice);
    this.drawImage(look, choice);
    this.drawReadout(state, look);
    this.drawDetail(state, look, choice);
    this.search.render(state, look.dead);
    this.alerts.show(this.context.alerts());
    const least = state.leastActivations?.layers.find(({ name }) => name === look.layer.name)?.least;
    this.table.draw({ look, least });
  }

  focus(): boolean {
    this.image.focus();
    return true;
  }

  dispose(): void {
    this.image.dispose();
    this.detail.dispose();
  }

  private drawImage(look: SaturationLook, { neuron }: SaturationChoice): void {
    const { layer, mask } = look;
    const says = saturationSentence(layer.name, layer.activations, mask);
    setText(this.summary, says);
    setText(this.caption, imageCaption(layer.activations, layer.batch));
    this.image.draw(look, neuron, `${says} The arrow keys move a cursor, Enter chooses its neuron.`);
  }

  /** Read aloud when the cursor moves, but not when values change under it while the model trains. */
  private drawReadout(state: RunState, { layer, threshold }: SaturationLook): void {
    const { cursor } = this.image;
    const live = isTraining(state) && state.status !== 'paused' ? 'off' : 'polite';
    if (!this.changedReadout.of(layer, threshold, cursor, live)) return;
    this.readout.setAttribute('aria-live', live);
    const invitation =
      'Point at the image, or press an arrow key there; a click or Enter shows what a neuron looks at.';
    setText(this.readout, cursor ? cellSentence(layer, cursor, threshold) : invitation);
  }

  private drawDetail({ inspection }: RunState, look: SaturationLook, { neuron, feed }: SaturationChoice): void {
    const hidden = neuron === undefined || neuron >= look.layer.activations.width;
    this.detail.root.hidden = hidden;
    if (hidden) return;
    const matrix = feed && inspection?.tensors[feed.parameter];
    this.detail.render({ look, neuron, feed, matrix });
  }
}

interface TableData {
  readonly look: SaturationLook;
  /** By neuron, where the train split has been searched. */
  readonly least: Float32Array | undefined;
}

function tableOf({ look, least }: TableData): TableContent {
  const { layer, mask, threshold } = look;
  return {
    caption: `Neurons of ${layer.name}, saturated where |h| is above ${threshold.toFixed(2)}`,
    columns: saturationColumns,
    rows: saturationRows(layer.activations, mask, least),
  };
}
