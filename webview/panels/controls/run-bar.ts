import { isCounting } from '../../../src/shared/presets';
import { isEvaluating, isTraining, type RunState } from '../../../src/shared/run-state';
import type { RunStatus } from '../../../src/shared/run';
import { pathOf } from '../../../src/shared/file-path';
import { isolated } from '../../draw/directions';
import { element, iconButton, setText } from '../../draw/element';
import type { PanelContext } from '../panel';
import { LookLine } from './look-line';
import { RunNumbers } from './run-numbers';

const statusWords: Readonly<Record<RunStatus, string>> = {
  idle: '',
  starting: 'Starting…',
  running: 'Training',
  paused: 'Paused',
  finished: 'Finished',
  stopped: 'Stopped',
  diverged: 'Diverged',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

/** The part that stays in sight while the page scrolls: the run, its progress, and what can be done with it. */
export class RunBar {
  readonly root: HTMLElement;
  private readonly look: LookLine;
  private readonly title = element('h1');
  private readonly file = element('span', { class: 'file' });
  private readonly status = element('span', { class: 'status', role: 'status' });
  private readonly pause: HTMLButtonElement;
  private readonly resume: HTMLButtonElement;
  private readonly step: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly restart: HTMLButtonElement;
  private readonly buttons: HTMLElement;
  private readonly progress = element('progress', { 'aria-label': 'Training progress' });
  private readonly numbers = new RunNumbers();

  constructor(context: PanelContext, onRestart: () => void) {
    const { post } = context;
    this.look = new LookLine(context);
    this.pause = iconButton('debug-pause', 'Pause', () => post({ type: 'pause' }), 'F6');
    this.resume = iconButton('debug-continue', 'Resume', () => post({ type: 'resume' }), 'F5');
    this.step = iconButton('debug-step-over', 'Single Step', () => post({ type: 'step' }), 'F10');
    this.stop = iconButton('debug-stop', 'Stop', () => post({ type: 'stop' }), 'Shift+F5');
    this.restart = iconButton('debug-restart', 'Restart…', onRestart);
    this.buttons = element(
      'div',
      { class: 'buttons', role: 'group', 'aria-label': 'Training' },
      this.pause,
      this.resume,
      this.step,
      this.stop,
      this.restart,
    );
    this.root = element(
      'header',
      { class: 'run-bar' },
      this.look.root,
      element('div', { class: 'run-line' }, this.title, this.file, this.status, this.buttons),
      this.progress,
      this.numbers.root,
    );
  }

  render(state: RunState): void {
    const { status, preset, source, called, info, step } = state;
    const isStopping = state.stopping === true && isTraining(state);
    this.root.hidden = status === 'idle';
    setText(this.title, titleOf(state));
    setText(this.file, called ?? source?.name ?? '');
    this.file.title = source ? isolated(pathOf(source.uri)) : '';
    const counting = preset !== undefined && isCounting(preset);
    setText(this.status, wordFor(state));
    this.root.dataset.status = status;

    const paused = status === 'paused';
    this.swap(paused);
    this.pause.disabled = status !== 'running' || counting || isStopping;
    this.step.disabled = (status !== 'running' && !paused) || counting || isStopping;
    this.stop.disabled = !isTraining(state) || counting || isStopping;
    this.restart.disabled = !preset;
    this.buttons.hidden = state.lookedAt !== undefined; // they are the current run's
    this.look.render(state);

    this.progress.classList.toggle('invisible', counting && !state.preparation);
    const { preparation } = state;
    this.progress.max = preparation ? 1 : Math.max(1, info?.maxSteps ?? 1);
    this.progress.value = preparation ? preparation.share : counting ? 0 : step;
    this.numbers.render(state);
  }

  /** Pause and resume share a place, and the focus where one of them has it. */
  private swap(paused: boolean): void {
    if (this.resume.hidden === !paused && this.pause.hidden === paused) return;
    const focused = document.hasFocus() && document.activeElement === (paused ? this.pause : this.resume);
    this.pause.hidden = paused;
    this.resume.hidden = !paused;
    if (focused) (paused ? this.resume : this.pause).focus();
  }
}

/** What the run does. */
function wordFor(state: RunState): string {
  const { status, preset, stopping } = state;
  if (stopping && isTraining(state)) return 'Stopping…';
  if (isEvaluating(state)) return 'Evaluating…';
  return status === 'running' && preset && isCounting(preset) ? 'Counting' : statusWords[status];
}

/** The model, and what is done with it if that is not plain training. */
function titleOf({ preset, purpose }: RunState): string {
  const title = preset?.title ?? '';
  if (purpose === 'rangeTest') return `${title}: learning rate`;
  return purpose === 'overfit' ? `${title}: one batch` : title;
}
