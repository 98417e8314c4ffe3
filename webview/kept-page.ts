import { isBoolean, isFields, isNumber } from '../src/shared/fields';
import type { RunState } from '../src/shared/run-state';

/** What a page knows that neither the run nor the panels know. */
interface Kept {
  /** Of another run it means nothing. */
  readonly run: string;
  /** The section at the top, and how far below the top of the page it is, in CSS pixels. */
  readonly place?: { readonly id: string; readonly top: number };
  /** What was typed into forms that were not sent, by the ids of the fields. */
  readonly typed: Readonly<Record<string, string | boolean>>;
  /** Elements that were unfolded within panels, and the one that has the focus, as `nameOf` has them. */
  readonly open: readonly string[];
  readonly focus?: string;
}

/** More than this nobody has typed. */
const mostCharacters = 10_000;
/** While a person scrolls. */
const pauseMilliseconds = 250;
/** For so long panels above the place may still get their contents, unless a person scrolls first. */
const settleMilliseconds = 1500;

/** Keeps what a person sees and has typed, since a page is made anew whenever it comes into sight again. */
export class KeptPage {
  private kept: Kept = { run: '', typed: {}, open: [] };
  /** What the page before had, until this one has it as well. */
  private left: Kept | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private settled: ReturnType<typeof setTimeout> | undefined;

  /** @param keep takes what `restore` gets on the next page */
  constructor(
    private readonly root: HTMLElement,
    private readonly keep: (text: string) => void,
  ) {
    window.addEventListener('scroll', () => (this.timer ??= setTimeout(() => this.notePlace(), pauseMilliseconds)));
    window.addEventListener('blur', () => this.notePlace()); // whatever hides the page takes its focus first
    window.addEventListener('focus', () => this.giveFocus());
    for (const event of ['wheel', 'pointerdown', 'keydown']) window.addEventListener(event, () => this.forgetPlace());
    root.addEventListener('focusin', ({ target }) => this.note({ focus: nameOf(target as Element) }));
    root.addEventListener('input', ({ target }) => this.noteTyped(target));
    root.addEventListener('toggle', ({ target }) => this.noteOpen(target), { capture: true }); // it does not bubble
  }

  /** Takes what the page before has left. @param text undefined if there was none */
  restore(text: string | undefined): void {
    this.left = text === undefined ? undefined : parse(text);
  }

  /** Where a person goes, or is led to by a command, is where they want to be. */
  forgetPlace(): void {
    if (!this.left) return;
    const { place: _, focus: __, ...rest } = this.left;
    this.left = rest;
  }

  /** Called when all that can be seen has been drawn: gives it what was there before, as far as it is there now. */
  drawn(state: RunState): void {
    const run = state.id ?? `${state.preset?.id} ${state.purpose}`;
    if (run !== this.kept.run) this.kept = { run, typed: {}, open: [] };
    if (this.left && this.left.run !== run && state.preset) this.left = undefined;
    const { left } = this;
    if (left?.run !== run) return;
    this.settled ??= setTimeout(() => this.forgetPlace(), settleMilliseconds);
    this.kept = { ...left, ...this.kept, typed: { ...left.typed, ...this.kept.typed } };
    // Panels that are folded or out of sight have nothing in them yet.
    const typed = Object.fromEntries(Object.entries(left.typed).filter(([id, value]) => !fill(id, value)));
    this.left = { ...left, typed, open: left.open.filter(name => !unfold(name)) };
    if (left.place) scrollTo(left.place);
    if (left.focus !== undefined && document.hasFocus()) this.giveFocus();
  }

  private giveFocus(): void {
    const { focus = '' } = this.kept;
    if (document.activeElement === document.body) find(focus)?.focus({ preventScroll: true });
  }

  private notePlace(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (window.innerHeight === 0) return; // a page that goes has no place any more
    const top = this.root.querySelector('.run-bar')?.getBoundingClientRect().bottom ?? 0;
    const sections = [...this.root.querySelectorAll('section[id]')];
    const first = sections.find(section => section.getBoundingClientRect().bottom > top);
    const isAtTop = window.scrollY === 0 || !first;
    this.note({ place: isAtTop ? undefined : { id: first.id, top: first.getBoundingClientRect().top } });
  }

  private noteTyped(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement) || !target.closest('[data-kept]')) return;
    const value = target.type === 'checkbox' ? target.checked : target.value;
    this.note({ typed: { ...this.kept.typed, [target.id]: value } });
  }

  private noteOpen(target: EventTarget | null): void {
    if (!(target instanceof HTMLDetailsElement)) return;
    const name = nameOf(target);
    const others = this.kept.open.filter(other => other !== name);
    this.note({ open: target.open ? [...others, name] : others });
  }

  private note(changes: { [K in keyof Kept]?: Kept[K] | undefined }): void {
    const kept = { ...this.kept, ...changes } as Kept;
    const text = JSON.stringify(kept);
    if (text.length > mostCharacters || text === JSON.stringify(this.kept)) return;
    this.kept = kept;
    this.keep(text);
  }
}

/** What another page has kept; undefined for anything else. */
function parse(text: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is Kept {
  if (!isFields(value) || !isFields(value.typed) || !Array.isArray(value.open)) return false;
  const { run, place, typed, open, focus = '' } = value;
  const isPlace = place === undefined || (isFields(place) && typeof place.id === 'string' && isNumber(place.top));
  const areTyped = Object.values(typed).every(one => typeof one === 'string' || isBoolean(one));
  const texts: unknown[] = [run, focus, ...(open as unknown[])];
  return isPlace && areTyped && texts.every(text => typeof text === 'string');
}

/** How an element is found again on the next page: by its id, or by its place among its like in whatever has an id. */
function nameOf(element: Element): string {
  if (element.id !== '') return element.id;
  const around = element.closest('[id]');
  const { tagName } = element;
  return around ? `${around.id} ${tagName} ${[...around.querySelectorAll(tagName)].indexOf(element)}` : '';
}

function find(name: string): HTMLElement | undefined {
  const [id = '', tagName, index] = name.split(' ');
  const place = document.getElementById(id);
  const found = tagName === undefined ? place : place?.querySelectorAll(tagName)[Number(index)];
  return found instanceof HTMLElement ? found : undefined;
}

/** @returns whether the element is there */
function unfold(name: string): boolean {
  const found = find(name);
  if (!(found instanceof HTMLDetailsElement)) return false;
  found.open = true;
  return true;
}

/** @returns whether the field is there */
function fill(id: string, value: string | boolean): boolean {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLInputElement)) return false;
  if (typeof value === 'boolean') field.checked = value;
  else field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true })); // as if it were typed
  return true;
}

function scrollTo({ id, top }: NonNullable<Kept['place']>): void {
  const section = document.getElementById(id);
  if (section) window.scrollBy(0, section.getBoundingClientRect().top - top);
}
