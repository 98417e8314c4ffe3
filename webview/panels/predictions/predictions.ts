import './predictions.css';
import type { RunState } from '../../../src/shared/run-state';
import type { Walk } from '../../../src/shared/inspection';
import { Changes } from '../../draw/changes';
import { disclosure, element, setText } from '../../draw/element';
import { formatFixed } from '../../draw/format';
import { distributionOf, type Distribution } from './distribution';
import { ForwardPass } from './forward-pass';
import { NameLossTable } from './name-loss-table';
import { characterLosses, lossOfName } from './name-losses';
import type { Panel, PanelContext, PanelView } from '../panel';
import { probeOf } from '../parts/probe';
import { ProbeField } from '../parts/probe-field';
import { SoftmaxExperiment } from './softmax-experiment';
import { waitingSentence } from '../parts/waiting-sentence';

export const predictions: Panel = {
  id: 'predictions',
  title: 'Predictions',
  place: 'second',
  startsFolded: true,
  fact: ({ info, inspection }) => {
    const walk = inspection?.walk;
    if (!info || !walk || walk.problem !== undefined) return '';
    return `${walk.text + info.boundary} ${formatFixed(lossOfName(characterLosses(walk, info.characters)), 4)}`;
  },
  lookFor: ({ info }) =>
    `A character with a loss above ln V${info ? ` = ${formatFixed(Math.log(info.vocabSize), 2)}` : ''} was held less likely than by knowing nothing: choose it, and follow its context through the model to see where the probability went.`,
  watches: (state, _, shared) => ({ walk: probeOf(state, shared) }),
  mount: (root, context) => new PredictionsView(root, context),
};

class PredictionsView implements PanelView {
  private readonly probe: ProbeField;
  private readonly losses = new NameLossTable();
  private readonly pass: ForwardPass;
  private readonly experiment: SoftmaxExperiment;
  private readonly waiting = element('p', { class: 'quiet' });
  private readonly content: HTMLElement;
  private readonly softmax: HTMLDetailsElement;
  private readonly changedWalk = new Changes();
  private distribution: Distribution | undefined;

  constructor(root: HTMLElement, context: PanelContext) {
    this.probe = new ProbeField('predictions', context);
    this.pass = new ForwardPass(context);
    this.experiment = new SoftmaxExperiment(context.settings);
    this.softmax = disclosure('Experiment: what large logits do to softmax', this.experiment.root, context.redraw);
    this.content = element(
      'div',
      { class: 'container' },
      element('h3', {}, 'Loss of each character'),
      this.losses.root,
      element('h3', {}, 'Forward pass'),
      this.pass.root,
      this.softmax,
    );
    root.append(this.probe.root, this.waiting, this.content);
  }

  render(state: RunState): void {
    const walk = state.inspection?.walk;
    this.probe.render(state);
    this.content.hidden = walk === undefined || walk.problem !== undefined;
    this.waiting.hidden = walk !== undefined;
    setText(this.waiting, waitingSentence(state));
    if (walk && !this.content.hidden) this.draw(state, walk);
  }

  focus(): boolean {
    return this.probe.focus();
  }

  dispose(): void {
    this.pass.dispose();
  }

  private draw(state: RunState, walk: Walk): void {
    const { info } = state;
    if (!info) return;
    if (this.changedWalk.of(walk, info)) {
      this.losses.draw(state, walk);
      this.distribution = distributionOf(walk, info);
    }
    const { distribution } = this;
    if (!distribution) return;
    this.pass.draw(state, walk, distribution);
    this.softmax.hidden = !distribution.logits;
    if (this.softmax.open) this.experiment.draw(distribution);
  }
}
