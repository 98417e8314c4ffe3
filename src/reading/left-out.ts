import type { LeftOut } from '../shared/vocabulary';
import type { LineRules, Omission } from './name-lines';

/** Why a line is no name, to be read after "line 3:". */
const reasons = {
  boundary: ({ boundary }) => `it holds the boundary "${boundary}"`,
  control: () => 'it holds a tab or another control character',
  encoding: () => 'it holds a character that could not be read',
  surrogate: () => 'it holds half of a character',
  length: ({ maxLength = 0 }) =>
    `it has more than ${maxLength === 1 ? '1 character' : `${maxLength.toLocaleString('en-US')} characters`}`,
  heading: () => 'it is a heading or a comment',
} as const satisfies Record<Omission | 'heading', (rules: LineRules) => string>;

type Reason = keyof typeof reasons;

export function isReason(aside: string): aside is Reason {
  return Object.hasOwn(reasons, aside);
}

/** The characters of lines that are no names: whoever asks for one of them wants to know where it stands. */
export class LeftOutCharacters {
  readonly byCharacter = new Map<string, LeftOut>();
  private readonly lastLines = new Map<string, number>();

  constructor(private readonly rules: LineRules) {}

  /** @param text of the line, as names are read */
  add(text: string, line: number, reason: Reason): void {
    for (const character of text) {
      if (this.lastLines.get(character) === line) continue;
      this.lastLines.set(character, line);
      const { count, ...first } = this.byCharacter.get(character) ?? { count: 0, ...this.found(line, reason) };
      this.byCharacter.set(character, { ...first, count: count + 1 });
    }
  }

  private found(line: number, reason: Reason): Omit<LeftOut, 'count'> {
    const setting = reason === 'boundary' ? 'boundary' : reason === 'length' ? 'maxLength' : undefined;
    return { line, reason: reasons[reason](this.rules), ...(setting && { setting }) };
  }
}
