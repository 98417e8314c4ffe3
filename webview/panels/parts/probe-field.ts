import './probe-field.css';
import type { WalkRequest } from '../../../src/shared/inspection';
import { asRead, plainReading, type TextRules } from '../../../src/shared/reading';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { clamp } from '../../draw/clamp';
import { element, setText } from '../../draw/element';
import { stepOf } from '../../draw/keys';
import { field } from './field';
import type { PanelContext } from '../panel';
import { probeOf, setProbe } from './probe';
import { throttle } from '../../../src/shared/throttle';

/** While a person types, the model is asked again no more often than this. */
const typingMilliseconds = 150;

/** Asks for the name that goes through the model, and for the character of it to predict. */
export class ProbeField {
  private readonly name: ReturnType<typeof field>;
  private readonly places = element('div', { class: 'places-in-name', role: 'radiogroup' });
  private readonly note = element('p', { class: 'quiet' });
  readonly root: HTMLElement;
  private readonly changedText = new Changes();
  private readonly changedPlace = new Changes();
  private buttons: readonly HTMLElement[] = [];
  private probe: WalkRequest = { text: '', position: 0 };
  /** How the names were read, and so what is typed. */
  private rules: TextRules = plainReading;

  /** @param panel the id of the panel that it is part of, from which its own ids are made */
  constructor(
    panel: string,
    private readonly context: PanelContext,
  ) {
    this.name = field({ id: `${panel}-probe`, label: 'name', numeric: false });
    const type = throttle(typingMilliseconds, (typed: string) => this.type(typed));
    this.name.input.addEventListener('input', () => type(this.name.input.value));
    const label = element('span', { class: 'label', id: `${panel}-place` }, 'predict');
    this.places.setAttribute('aria-labelledby', label.id);
    this.places.addEventListener('keydown', event => this.key(event));
    const picker = element('div', { class: 'field' }, label, this.places);
    this.root = element('div', { class: 'probe' }, this.name.root, picker, this.note);
  }

  render(state: RunState): void {
    const { walk } = state.inspection ?? {};
    this.probe = probeOf(state, this.context.shared);
    const { text, position } = this.probe;
    const { input } = this.name;
    if (document.activeElement !== input && input.value !== text) input.value = text; // otherwise it is being typed
    this.name.complain(walk?.problem);
    const shown = [...(walk?.text ?? text)].length;
    setText(this.note, shown < [...text].length ? `Only the first ${shown} characters are looked at.` : '');
    this.note.hidden = this.note.textContent === '';
    const boundary = state.info?.boundary ?? '.';
    this.rules = state.info?.reading ?? plainReading;
    const isNew = this.changedText.of(text, boundary);
    if (isNew) {
      this.buttons = [...text, boundary].map((character, place) => this.placeOf(character, place));
      this.places.replaceChildren(...this.buttons);
    }
    if (this.changedPlace.of(position) || isNew)
      for (const [place, button] of this.buttons.entries()) {
        button.setAttribute('aria-checked', String(place === position));
        button.tabIndex = place === position ? 0 : -1;
      }
  }

  focus(): boolean {
    this.name.input.focus();
    this.name.input.select();
    return true;
  }

  private placeOf(character: string, place: number): HTMLElement {
    const button = element('button', { type: 'button', role: 'radio', class: 'characters' }, character);
    button.addEventListener('click', () => this.choose(place));
    return button;
  }

  private choose(position: number): void {
    setProbe(this.context.shared, { ...this.probe, position });
  }

  /** After typing, a person wants to know what follows. */
  private type(typed: string): void {
    const text = asRead(typed, this.rules);
    setProbe(this.context.shared, { text, position: [...text].length });
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault(); // the page would scroll
    const { buttons } = this;
    const place = clamp(this.probe.position + step.x + step.y, 0, buttons.length - 1);
    this.choose(place);
    buttons[place]?.focus();
  }
}
