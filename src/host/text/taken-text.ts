import { createHash } from 'node:crypto';

/** The text of a run, as it was when the run started. For a run that another window left, only the fingerprint is known. */
export class TakenText {
  private constructor(
    readonly text: string | undefined,
    readonly fingerprint: string,
  ) {}

  static of(text: string): TakenText {
    return new TakenText(text, fingerprintOf(text));
  }

  static left(fingerprint: string): TakenText {
    return new TakenText(undefined, fingerprint);
  }

  /** @param text undefined if there is none any more */
  is(text: string | undefined): boolean {
    if (text === undefined) return false;
    return this.text === undefined ? fingerprintOf(text) === this.fingerprint : text === this.text;
  }
}

function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
