import { heldOutLosses, heldOutOf } from '../../../src/shared/held-out';
import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { element, setText } from '../../draw/element';
import { formatDuration, formatFixed, formatInteger, formatStepTime } from '../../draw/format';
import { meanOfLast } from '../../draw/line/loss-windows';

/** How many of the last minibatch losses are averaged. */
const lastSteps = 100;

interface Cell {
  readonly name: string;
  readonly value: string;
}

/** The numbers of a run in cells that stay where they are, whatever the run does. */
export class RunNumbers {
  private readonly cells = ['step', 'loss', 'dev', 'time'].map(() => {
    const [name, value] = [element('dt'), element('dd', { class: 'number' })];
    return { name, value, root: element('div', {}, name, value) };
  });
  readonly root = element('dl', { class: 'numbers' }, ...this.cells.map(({ root }) => root));

  render(state: RunState): void {
    const shown = cellsOf(state);
    this.root.classList.toggle('single', shown.length === 1);
    for (const [i, { name, value, root }] of this.cells.entries()) {
      const cell = shown[i];
      root.hidden = !cell;
      setText(name, cell?.name ?? '');
      setText(value, cell?.value ?? '');
    }
  }
}

function cellsOf(state: RunState): readonly Cell[] {
  const { info, preset, step, losses, evaluations } = state;
  if (preset && isCounting(preset)) {
    const nll = evaluations.findLast(e => typeof e.train === 'number')?.train;
    return [{ name: 'negative log-likelihood', value: `${formatFixed(nll, 4)} nats per character` }];
  }
  const heldOut = preset && heldOutLosses(evaluations, preset).at(-1)?.loss;
  const maxSteps = info?.maxSteps ?? preset?.hyperparameters.maxSteps; // of a run that is only looked at, no more is kept
  return [
    { name: 'step', value: `${formatInteger(step)} / ${maxSteps === undefined ? '–' : formatInteger(maxSteps)}` },
    // A loss over all examples has no noise to average out.
    preset?.hyperparameters.batchSize === 0
      ? { name: 'loss', value: formatFixed(losses.values.subarray(0, losses.length).at(-1), 4) }
      : { name: `loss, last ${lastSteps}`, value: formatFixed(meanOfLast(losses.values, losses.length, lastSteps), 4) },
    { name: `${(preset && heldOutOf(preset)) ?? 'dev'} loss`, value: formatFixed(heldOut, 4) },
    timeCell(state),
  ];
}

/** The time per step, and what is left of the run at that pace. */
function timeCell({ status, info, step, microsecondsPerStep }: RunState): Cell {
  if (!microsecondsPerStep || !info) return { name: 'time per step', value: '–' };
  const time = formatStepTime(microsecondsPerStep);
  const goesOn = (status === 'running' || status === 'paused') && step < info.maxSteps;
  if (!goesOn) return { name: 'time per step', value: time };
  const left = ((info.maxSteps - step) * microsecondsPerStep) / 1e6;
  return { name: `${time} a step`, value: `${formatDuration(left)} left` };
}
