import type { InspectorCommand } from '../src/shared/protocol';
import { Changes } from './draw/changes';
import { element, textButton } from './draw/element';
import type { NextStep } from './next-steps';

/** What to do after a run, in a line of buttons. */
export class NextStepsLine {
  private readonly buttons = element('div', { class: 'actions' });
  readonly root = element(
    'div',
    { class: 'next-steps', role: 'group', 'aria-label': 'Next steps', hidden: true },
    element('p', { class: 'quiet' }, 'Next'),
    this.buttons,
  );
  private readonly changed = new Changes();

  constructor(private readonly post: (command: InspectorCommand) => void) {}

  show(steps: readonly NextStep[]): void {
    this.root.hidden = steps.length === 0;
    if (!this.changed.of(...steps.flatMap(({ label, title }) => [label, title]))) return;
    this.buttons.replaceChildren(
      ...steps.map(({ label, title, command }) => {
        const button = textButton(label, () => this.post(command), 'secondary');
        button.title = title;
        return button;
      }),
    );
  }
}
