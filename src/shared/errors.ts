import { visible } from './visible';

/** An error that a person can fix: its message is one clear sentence that says what is wrong, where, and what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** The setting or hyperparameter that helps, if one does. */
  readonly option: string | undefined;

  /** @param message may quote text of any kind */
  constructor(message: string, { option, ...options }: ErrorOptions & { option?: string | undefined } = {}) {
    super(visible(message), options);
    this.option = option;
  }
}

/** A setting that cannot be used. */
export class SettingError extends InputError {
  /** @param setting its whole name, such as `makemore.split` */
  constructor(
    readonly setting: string,
    message: string,
  ) {
    super(message);
  }
}

/** The sentence to show for whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Characters of a value that is quoted. */
const mostQuoted = 100;

/** Any value, short enough to stand in a sentence. */
export function quote(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? 'an object' : String(value);
  if (text.length <= mostQuoted) return text;
  return `${text.slice(0, mostQuoted).replace(/[\ud800-\udbff]$/, '')}…`; // no half of a character
}
