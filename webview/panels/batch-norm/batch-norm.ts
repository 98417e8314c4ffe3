import './batch-norm.css';
import { at } from '../../../src/shared/at';
import type { BatchNormLook } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, setText } from '../../draw/element';
import { batchOf, chooseBatchNorm, layerTitle, watchOfBatchNorm, type BatchNormChoice } from './choice';
import { batchNormColumns, batchNormRows, disagreementSentence } from './sentences';
import { epsilonOf } from './normalization';
import { DataTable } from '../parts/data-table';
import { IdentityFigure } from './identity-figure';
import { MovedExampleFigure } from './moved-example-figure';
import type { NormalizedNeuron } from './moved-example';
import type { Panel, PanelContext, PanelView } from '../panel';
import { RugFigure } from './rug-figure';
import { Select } from '../parts/select';
import type { TableContent } from '../parts/table-content';
import { waitingSentence } from '../parts/waiting-sentence';

export const batchNorm: Panel = {
  id: 'batchnorm',
  title: 'BatchNorm',
  place: 'second',
  startsFolded: true,
  isOffered: ({ info }) => (info?.batchNorms ?? 0) > 0,
  hasLeft: ({ inspection }) => inspection?.batchNorms !== undefined,
  fact: ({ inspection }) => {
    const layers = inspection?.batchNorms?.length ?? 0;
    return layers > 1 ? `${layers} layers` : '';
  },
  lookFor: () => ({
    short: 'Near the diagonal, the statistics of the batch and the running ones agree.',
    more: 'Training normalizes each neuron by the mean and std of its batch, sampling by running ones. Scatter is chance: a small batch has it by itself. All points on one side mean that the running statistics lag: a momentum of 0.001 takes some 1,000 steps to catch up, one of 0.1 some 10, and until then the dev loss is too high. There is no bias before BatchNorm, since subtracting the mean would remove it, and a batch of one cannot be normalized: its std is 0 / 0. What is added to the variance (eps) only keeps a neuron that is the same for all from being divided by 0.',
  }),
  watches: (state, settings) => watchOfBatchNorm(chooseBatchNorm(state, settings)),
  mount: (root, context) => new BatchNormView(root, context),
};

class BatchNormView implements PanelView {
  private readonly layers: Select;
  private readonly disagreement = element('p', { class: 'fact-line' });
  private readonly means: IdentityFigure;
  private readonly stds: IdentityFigure;
  private readonly gains: RugFigure;
  private readonly biases: RugFigure;
  private readonly table: DataTable<LayerData>;
  private readonly moved: MovedExampleFigure;
  private readonly waiting = element('p', { class: 'quiet' });
  private readonly content: HTMLElement;
  private readonly changedLayer = new Changes();
  private seen: NormalizedNeuron | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    const { settings, redraw } = context;
    const choose = (neuron: number): void => settings.set('neuron', neuron);
    this.layers = new Select('layer', layer => settings.set('layer', layer));
    this.means = new IdentityFigure('Mean', context, choose);
    this.stds = new IdentityFigure('Standard deviation', context, choose);
    this.gains = new RugFigure('Gain', context);
    this.biases = new RugFigure('Bias', context);
    this.table = new DataTable('Statistics of every neuron as a table', redraw, tableOf);
    this.moved = new MovedExampleFigure(context);
    const rugs = element('div', { class: 'rugs' }, this.gains.root, this.biases.root);
    this.content = element(
      'div',
      {},
      element('div', { class: 'toolbar' }, this.layers.root),
      this.disagreement,
      element(
        'div',
        { class: 'container' },
        element('div', { class: 'statistics' }, this.means.root, this.stds.root, rugs),
      ),
      this.table.root,
      this.moved.root,
      element('p', { class: 'quiet why' }, whyRunning),
    );
    root.append(this.waiting, this.content);
  }

  render(state: RunState): void {
    const choice = chooseBatchNorm(state, this.context.settings);
    this.waiting.hidden = choice !== undefined;
    this.content.hidden = !choice;
    setText(this.waiting, waitingSentence(state));
    if (choice) this.draw(state, choice);
  }

  focus(): boolean {
    return false;
  }

  dispose(): void {
    for (const figure of [this.means, this.stds, this.gains, this.biases, this.moved]) figure.dispose();
  }

  private draw(state: RunState, choice: BatchNormChoice): void {
    const { layers, layer, neuron } = choice;
    const options = layers.map(({ name }, i) => ({ value: name, label: layerTitle(i) }));
    this.layers.show(layer.name, options);
    if (this.changedLayer.of(layer)) setText(this.disagreement, disagreementSentence(layer, batchSizeOf(state)));
    this.means.draw(layer.runningMean, layer.batchMean, neuron);
    this.stds.draw(layer.runningStd, layer.batchStd, neuron);
    this.gains.draw({ values: layer.gain, chosen: neuron });
    this.biases.draw({ values: layer.bias, chosen: neuron });
    this.table.draw({ layer, title: layerTitle(layers.indexOf(layer)) });
    if (this.seen?.info !== state.info) this.seen = undefined;
    this.seen = normalizedNeuron(state, choice) ?? this.seen;
    this.moved.root.hidden = !this.seen;
    if (this.seen) this.moved.render(this.seen);
  }
}

/** How many examples the batch has. */
function batchSizeOf({ info, preset }: RunState): number {
  const { batchSize = 0 } = preset?.hyperparameters ?? {};
  return batchSize > 0 ? batchSize : (info?.examples.train ?? 1);
}

const whyRunning =
  'So in training, every example depends on the others drawn with it: a noise that regularizes, and the reason why evaluation and sampling take the running statistics, for which one example is enough.';

interface LayerData {
  readonly layer: BatchNormLook;
  readonly title: string;
}

function tableOf({ layer, title }: LayerData): TableContent {
  return { caption: `${title}: ${layer.name}`, columns: batchNormColumns, rows: batchNormRows(layer) };
}

/** What the layer normalized; undefined until it is there. */
function normalizedNeuron(state: RunState, { layer, neuron, example }: BatchNormChoice): NormalizedNeuron | undefined {
  const { inspection, info, preset } = state;
  const x = inspection?.tensors[batchOf(layer)];
  const batch = inspection?.batch;
  const [rows = 0] = x?.shape ?? [];
  if (!x || !batch || !info || !preset || rows < 2) return undefined;
  const normalization = { gain: at(layer.gain, neuron), bias: at(layer.bias, neuron), epsilon: epsilonOf(preset) };
  return { layer: layer.name, neuron, example: Math.min(example, rows - 1), batch, info, x, normalization };
}
