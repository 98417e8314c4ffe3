import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText } from '../../draw/element';
import { formatFixed, formatInteger, formatSetting } from '../../draw/format';
import { meanOfLast } from '../../draw/loss-windows';

/** So many of the last minibatch losses are taken together. */
const lastSteps = 100;

/** The numbers of a run, each in a place of its own. */
export class RunNumbers {
  readonly root = element('dl', { class: 'numbers' });
  private readonly cells = new Map<string, { root: HTMLElement; value: HTMLElement }>();

  constructor() {
    for (const name of [
      'step',
      'loss',
      `loss, last ${lastSteps}`,
      'train loss',
      'dev loss',
      'learning rate',
      'µs per step',
      'negative log-likelihood',
    ]) {
      const value = element('dd', { class: 'number' });
      const root = element('div', {}, element('dt', {}, name), value);
      this.root.append(root);
      this.cells.set(name, { root, value });
    }
  }

  render(state: RunState): void {
    const { info, preset, purpose, step, losses, evaluations, learningRate } = state;
    const counting = preset !== undefined && isCounting(preset);
    const dev = evaluations.findLast(e => typeof e.dev === 'number')?.dev;
    const train = evaluations.findLast(e => typeof e.train === 'number')?.train;
    const microseconds = state.microsecondsPerStep;
    const mean = meanOfLast(losses.values, losses.length, lastSteps);

    const net = !counting;
    const digits = formatInteger(info?.maxSteps ?? 0).length;
    this.cells.get('step')!.value.style.minWidth = `${2 * digits + 3}ch`; // nothing moves when a digit is added
    this.show('step', net && `${formatInteger(step)} / ${info ? formatInteger(info.maxSteps) : '–'}`);
    // A loss over all examples has no noise to be smoothed.
    const fullBatch = preset?.hyperparameters.batchSize === 0;
    const last = losses.length > 0 ? losses.values[losses.length - 1] : undefined;
    this.show('loss', net && fullBatch && formatFixed(last, 4));
    this.show(`loss, last ${lastSteps}`, net && !fullBatch && formatFixed(mean, 4));
    const isTrained = net && purpose === 'train'; // the splits say nothing of a model made for an experiment
    this.show('train loss', isTrained && typeof train === 'number' && formatFixed(train, 4));
    this.show('dev loss', isTrained && info?.examples.dev !== null && formatFixed(dev, 4));
    this.show('learning rate', net && (learningRate === undefined ? '–' : formatSetting(learningRate)));
    this.show('µs per step', net && (microseconds ? formatInteger(microseconds) : '–'));
    this.show('negative log-likelihood', counting && `${formatFixed(train, 4)} nats per character`);
  }

  private show(name: string, text: string | false): void {
    const cell = this.cells.get(name)!; // the constructor made one for each name
    cell.root.hidden = text === false;
    if (text !== false) setText(cell.value, text);
  }
}
