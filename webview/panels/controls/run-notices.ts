import { canGoOn, divergenceSentence, remedyText } from '../../../src/shared/divergence';
import type { Hyperparameters } from '../../../src/shared/hyperparameters';
import { isCounting } from '../../../src/shared/presets';
import { canResume, type RunState } from '../../../src/shared/run-state';
import { element, icon, setText, textButton } from '../../draw/element';
import { formatInteger } from '../../draw/format';
import type { PanelContext } from '../panel';
import { idleNotice } from './idle';
import { restoredSentence } from './restored-sentence';

/**
 * Whatever a person may have to act on: nothing to train on yet, a failure, a reload, checkpoints that cannot be
 * written, a changed file, a run that is only an experiment.
 */
export class RunNotices {
  readonly root: HTMLElement;
  private readonly idle: HTMLElement;
  private readonly starting = element('p', { class: 'quiet' });
  private readonly failure: HTMLElement;
  private readonly failureText = element('p');
  private readonly openFile: HTMLButtonElement;
  private readonly diverged: HTMLElement;
  private readonly divergedText = element('p');
  private readonly remedy: HTMLButtonElement;
  private readonly goOn: HTMLButtonElement;
  private remedies: Hyperparameters = {};
  private readonly restored: HTMLElement;
  private readonly restoredText = element('p');
  private readonly resumes: readonly HTMLButtonElement[];
  private readonly unkept: HTMLElement;
  private readonly unkeptText = element('p');
  private readonly keep: HTMLButtonElement;
  private readonly keepAsOwn: HTMLButtonElement;
  private readonly changed: HTMLElement;
  private readonly changedText = element('p');
  private readonly experiment: HTMLElement;
  private readonly experimentText = element('p');

  constructor({ post }: PanelContext) {
    const trainAgain = (kind: 'primary' | 'secondary'): HTMLElement =>
      textButton('Train Again', () => post({ type: 'trainAgain' }), kind);
    this.idle = idleNotice({ post });
    const resume = (): HTMLButtonElement => textButton('Resume', () => post({ type: 'resumeRun' }), 'primary');
    const [afterFailure, afterReload] = [resume(), resume()];
    this.resumes = [afterFailure, afterReload];
    this.openFile = textButton('Open File', () => post({ type: 'openSource' }), 'primary');
    this.failure = notice('error', this.failureText, this.openFile, afterFailure, trainAgain('secondary'));
    this.failure.setAttribute('role', 'alert');
    this.remedy = textButton('', () => post({ type: 'restart', hyperparameters: this.remedies }), 'primary');
    this.goOn = textButton('', () => post({ type: 'goOn' }), 'secondary');
    this.diverged = notice('error', this.divergedText, this.remedy, this.goOn);
    this.diverged.setAttribute('role', 'alert');
    this.restored = notice('info', this.restoredText, afterReload, trainAgain('secondary'));
    this.keep = textButton('Try Again', () => post({ type: 'keep' }), 'primary');
    this.keepAsOwn = textButton('Keep as a Run of Its Own', () => post({ type: 'keepAsOwn' }), 'primary');
    this.unkept = notice('error', this.unkeptText, this.keep, this.keepAsOwn);
    this.changed = notice('info', this.changedText, trainAgain('secondary'));
    const trainOn = textButton('Train', () => post({ type: 'restart', hyperparameters: {} }), 'secondary');
    this.experiment = notice('info', this.experimentText, trainOn);
    this.root = element('div', {}, this.idle, this.starting, this.failure, this.diverged, this.restored);
    this.root.append(this.unkept, this.changed, this.experiment);
  }

  render(state: RunState): void {
    const { status, source, purpose, failure, keepProblem, sourceChanged, restored = false } = state;
    this.idle.hidden = status !== 'idle';
    this.starting.hidden = status !== 'starting';
    setText(this.starting, startingSentence(state));
    this.failure.hidden = status !== 'failed';
    setText(this.failureText, failure ?? '');
    this.openFile.hidden = state.info !== undefined; // it never began: the file may be why
    this.renderDivergence(state);
    this.restored.hidden = !restored || status === 'failed';
    setText(this.restoredText, restored ? restoredSentence(state) : '');
    for (const resume of this.resumes) {
      resume.hidden = !canResume(state);
      setText(resume, status === 'finished' ? 'Load Model' : 'Resume');
    }
    this.unkept.hidden = keepProblem === undefined || status === 'failed';
    setText(this.unkeptText, keepProblem ?? '');
    this.keep.hidden = !state.keepIsDue || restored;
    this.keepAsOwn.hidden = !state.takenOver || restored;
    this.changed.hidden = !sourceChanged || restored || status === 'idle' || status === 'failed';
    this.experiment.hidden = status === 'starting' || restored || (purpose !== 'overfit' && purpose !== 'rangeTest');
    setText(this.experimentText, purpose === 'overfit' ? overfitText : rangeTestText);
    setText(
      this.changedText,
      `${source?.name ?? 'The file'} ${state.sourceGone ? 'is gone' : 'has changed since the training started'}. What you see was trained on the text as it was.`,
    );
  }

  private renderDivergence({ divergence, id, keptStep = 0 }: RunState): void {
    this.diverged.hidden = divergence === undefined;
    if (!divergence) return;
    this.remedies = divergence.remedy;
    const what = remedyText(divergence);
    this.remedy.hidden = what === '';
    setText(this.remedy, `Restart with ${what}`);
    this.goOn.hidden = id === undefined || keptStep === 0 || !canGoOn(divergence);
    setText(this.goOn, `Go on from step ${formatInteger(keptStep)} with ${what}`);
    setText(this.divergedText, divergenceSentence(divergence));
  }
}

/** What is done before the first step, and how far it is if that takes long. */
function startingSentence({ preset, source, preparation }: RunState): string {
  const file = source?.name ?? 'the file';
  if (!preparation)
    return `Reading ${file} and ${preset && isCounting(preset) ? 'counting its bigrams' : 'building the model'}…`;
  const doing = { reading: `Reading ${file}`, building: 'Building the model', counting: 'Counting the names' };
  return `${doing[preparation.stage]} · ${Math.floor(100 * preparation.share)}%`;
}

const overfitText =
  'A sanity check: this run fits one batch, again and again. Its model has seen nothing else, so its names say little.';
const rangeTestText =
  'This run looks for a learning rate. It ends with steps that are far too large, so its model is of no use.';

function notice(kind: 'error' | 'info', text: HTMLElement, ...buttons: HTMLElement[]): HTMLElement {
  return element('div', { class: `notice ${kind}` }, icon(kind), text, ...buttons);
}
