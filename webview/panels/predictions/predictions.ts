import './predictions.css';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { disclosure, element } from '../../draw/element';
import { formatFixed } from '../../draw/format';
import { distributionOf, type Distribution } from './distribution';
import { ForwardPass } from './forward-pass';
import { NameLossTable } from './name-loss-table';
import { characterLosses, lossOfName } from './name-losses';
import type { Panel, PanelContext, PanelView } from '../panel';
import { probeOf } from '../parts/probe';
import { WalkRoom, type ShownWalk } from '../parts/walk-room';
import { SoftmaxExperiment } from './softmax-experiment';

export const predictions: Panel = {
  id: 'predictions',
  title: 'Predictions',
  place: 'second',
  startsFolded: true,
  hasLeft: ({ inspection }) => inspection?.walk !== undefined,
  fact: ({ info, inspection }) => {
    const walk = inspection?.walk;
    if (!info || !walk || walk.problem !== undefined) return '';
    return `${walk.text + info.boundary} ${formatFixed(lossOfName(characterLosses(walk, info.characters)), 4)}`;
  },
  lookFor: ({ info, preset }) => ({
    short: `A loss above ln V${info ? ` = ${formatFixed(Math.log(info.vocabSize), 2)}` : ''} is worse than a uniform guess.`,
    more: `Choose a character with such a loss, and follow its context through the model to see where the probability went.${preset?.model === 'transformer' ? transformerSentence : ''}`,
  }),
  watches: (state, _, shared) => ({ walk: probeOf(state, shared) }),
  mount: (root, context) => new PredictionsView(root, context),
};

const transformerSentence =
  ' A character begins as its row of wte plus the row of wpe for its place. Every block adds to that (a residual, past which gradients flow unchanged) what attention makes of it, then what an MLP does, whose GELU is a smooth ReLU. Before each stands a LayerNorm, and ln_f before the logits: it normalizes the numbers of one character, so it needs neither a batch nor running statistics.';

class PredictionsView implements PanelView {
  private readonly room: WalkRoom;
  private readonly losses = new NameLossTable();
  private readonly pass: ForwardPass;
  private readonly experiment: SoftmaxExperiment;
  private readonly softmax: HTMLDetailsElement;
  private readonly changedWalk = new Changes();
  private distribution: Distribution | undefined;

  constructor(root: HTMLElement, context: PanelContext) {
    this.pass = new ForwardPass(context);
    this.experiment = new SoftmaxExperiment(context.settings);
    this.softmax = disclosure('Experiment: what large logits do to softmax', this.experiment.root, context.redraw);
    const content = element(
      'div',
      { class: 'container' },
      element('h3', {}, 'Loss of each character'),
      this.losses.root,
      element('h3', {}, 'Forward pass'),
      this.pass.root,
      this.softmax,
    );
    this.room = new WalkRoom(root, 'predictions', context, content);
  }

  render(state: RunState): void {
    const shown = this.room.render(state);
    if (shown) this.draw(state, shown);
  }

  focus(): boolean {
    return this.room.focus();
  }

  dispose(): void {
    this.pass.dispose();
  }

  private draw(state: RunState, { walk, info }: ShownWalk): void {
    if (this.changedWalk.of(walk, info)) {
      this.losses.draw(state, walk, info);
      this.distribution = distributionOf(walk, info);
    }
    const { distribution } = this;
    if (!distribution) return;
    this.pass.draw(state, { walk, info }, distribution);
    this.softmax.hidden = !distribution.logits;
    if (this.softmax.open) this.experiment.draw(distribution);
  }
}
