/** Something in a picture that wants a person's attention: numbers decide on it, `Alerts` shows it. */
export interface Alert {
  /** A warning is a mistake that grows; a hint is an oddity worth understanding. */
  readonly kind: 'warning' | 'hint';
  /** What is wrong, in a sentence or two, without numbers that change with every frame: screen readers say all of it anew. */
  readonly says: string;
  /** What to try, in a sentence. */
  readonly remedy: string;
}
