import { isCounting } from '../../src/shared/presets';
import type { RunState } from '../../src/shared/run-state';
import { element, icon, setText, textButton } from '../draw/element';
import type { PanelContext } from './panel';

/** What a person may have to act on, in place: nothing to train on yet, a failure, a file that has changed. */
export class RunNotices {
  readonly root: HTMLElement;
  private readonly idle: HTMLElement;
  private readonly starting = element('p', { class: 'quiet' });
  private readonly failure: HTMLElement;
  private readonly failureText = element('p');
  private readonly changed: HTMLElement;
  private readonly changedText = element('p');

  constructor({ post }: PanelContext) {
    const train = (): void => post({ type: 'train' });
    this.idle = element(
      'div',
      { class: 'idle' },
      element('h1', {}, 'Nothing is training yet'),
      element(
        'p',
        {},
        'Open a file with one name per line and run ',
        element('b', {}, 'Makemore: Train on this file'),
        '.',
      ),
      textButton('Train on the open file', train, 'primary'),
    );
    this.failure = notice('error', this.failureText, textButton('Train again', train, 'secondary'));
    this.failure.setAttribute('role', 'alert');
    this.changed = notice('info', this.changedText, textButton('Train again', train, 'secondary'));
    this.root = element('div', { class: 'notices' }, this.idle, this.starting, this.failure, this.changed);
  }

  render(state: RunState): void {
    const { status, source, preset, failure, sourceChanged } = state;
    this.idle.hidden = status !== 'idle';
    this.starting.hidden = status !== 'starting';
    const model = preset && isCounting(preset) ? 'counting its bigrams' : 'building the model';
    setText(this.starting, `Reading ${source?.name ?? 'the file'} and ${model}…`);
    this.failure.hidden = status !== 'failed';
    setText(this.failureText, failure ?? '');
    this.changed.hidden = !sourceChanged || status === 'idle' || status === 'failed';
    setText(
      this.changedText,
      `${source?.name ?? 'The file'} has changed since the training started: what you see is trained on the text as it was.`,
    );
  }
}

function notice(kind: 'error' | 'info', text: HTMLElement, button: HTMLElement): HTMLElement {
  return element('div', { class: `notice ${kind}` }, icon(kind), text, button);
}
