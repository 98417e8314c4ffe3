import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText } from '../../draw/element';
import { formatFixed, formatInteger, formatSetting } from '../../draw/format';
import { meanOfLast } from '../../draw/loss-windows';

/** How many of the last minibatch losses are averaged. */
const lastSteps = 100;

const names = [
  'step',
  'loss',
  `loss, last ${lastSteps}`,
  'train loss',
  'dev loss',
  'learning rate',
  'µs per step',
  'negative log-likelihood',
] as const;
type Name = (typeof names)[number];

/** The numbers of a run, each in its own place. */
export class RunNumbers {
  private readonly cells = names.map(name => {
    const value = element('dd', { class: 'number' });
    return { name, value, root: element('div', {}, element('dt', {}, name), value) };
  });
  readonly root = element('dl', { class: 'numbers' }, ...this.cells.map(({ root }) => root));

  render(state: RunState): void {
    const texts = textsOf(state);
    const digits = formatInteger(state.info?.maxSteps ?? 0).length;
    for (const { name, value, root } of this.cells) {
      const text = texts[name];
      root.hidden = text === false;
      if (text !== false) setText(value, text);
      if (name === 'step') value.style.minWidth = `${2 * digits + 3}ch`; // so that nothing moves when a digit is added
    }
  }
}

/** A number that does not apply to the run is false. */
function textsOf(state: RunState): Record<Name, string | false> {
  const { info, preset, purpose, step, losses, evaluations, learningRate, microsecondsPerStep } = state;
  const net = preset === undefined || !isCounting(preset);
  const fullBatch = preset?.hyperparameters.batchSize === 0; // a loss over all examples has no noise to average out
  const isTrained = net && purpose === 'train'; // the splits say nothing about a model of an experiment
  const last = losses.values.subarray(0, losses.length).at(-1);
  const mean = meanOfLast(losses.values, losses.length, lastSteps);
  const dev = evaluations.findLast(e => typeof e.dev === 'number')?.dev;
  const train = evaluations.findLast(e => typeof e.train === 'number')?.train;
  return {
    step: net && `${formatInteger(step)} / ${info ? formatInteger(info.maxSteps) : '–'}`,
    loss: net && fullBatch && formatFixed(last, 4),
    [`loss, last ${lastSteps}`]: net && !fullBatch && formatFixed(mean, 4),
    'train loss': isTrained && typeof train === 'number' && formatFixed(train, 4),
    'dev loss': isTrained && info?.examples.dev !== null && formatFixed(dev, 4),
    'learning rate': net && (learningRate === undefined ? '–' : formatSetting(learningRate)),
    'µs per step': net && (microsecondsPerStep ? formatInteger(microsecondsPerStep) : '–'),
    'negative log-likelihood': !net && `${formatFixed(train, 4)} nats per character`,
  };
}
