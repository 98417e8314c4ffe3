import type { Fix } from './fixes';

/** By the pictures next to which it stands. */
export type AlertPlace = 'loss' | 'activations' | 'gradients' | 'updates' | 'saturation';

/** What an alert says. Without numbers that change with every frame: screen readers would read it all again. */
export interface AlertText {
  /** What is wrong, in one line without an end. */
  readonly title: string;
  /** What is wrong, in a sentence or two. */
  readonly says: string;
  /** What to try, in a sentence. */
  readonly remedy: string;
  /** The remedy as a button, where one can be pressed. */
  readonly fix?: Fix | undefined;
}

/** Something in a picture that deserves attention. */
export interface Alert extends AlertText {
  readonly place: AlertPlace;
  /** A warning is a mistake that grows; a hint is an oddity worth understanding. */
  readonly kind: 'warning' | 'hint';
}

/** Icons of the font. */
export const alertIcons = { warning: 'warning', hint: 'lightbulb' } as const;
