import type { Fix } from './fix';

/** Something in a picture that deserves attention. Numbers decide on it, `Alerts` shows it. */
export interface Alert {
  /** A warning is a mistake that grows; a hint is an oddity worth understanding. */
  readonly kind: 'warning' | 'hint';
  /** What is wrong, in one line without an end. */
  readonly title: string;
  /** What is wrong, in a sentence or two. Without numbers that change with every frame: screen readers would read it all again. */
  readonly says: string;
  /** What to try, in a sentence. */
  readonly remedy: string;
  /** The remedy as a button, where one can be pressed. */
  readonly fix?: Fix | undefined;
}

/** Icons of the font. */
export const alertIcons = { warning: 'warning', hint: 'lightbulb' } as const;
