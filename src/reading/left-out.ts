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

/** What is known of a character while the file is read. */
interface Found extends LeftOut {
  count: number;
  /** The last line that holds it. */
  last: number;
}

/** The characters of lines that are no names: whoever asks for one of them wants to know where it stands. */
export class LeftOutCharacters {
  private readonly found = new Map<string, Found>();

  constructor(private readonly rules: LineRules) {}

  get byCharacter(): ReadonlyMap<string, LeftOut> {
    return this.found;
  }

  /** @param text of the line, as names are read */
  add(text: string, line: number, reason: Reason): void {
    for (const character of text) {
      const known = this.found.get(character);
      if (!known) this.found.set(character, this.first(line, reason));
      else if (known.last !== line) {
        known.count++;
        known.last = line;
      }
    }
  }

  private first(line: number, reason: Reason): Found {
    const setting = reason === 'boundary' ? 'boundary' : reason === 'length' ? 'maxLength' : undefined;
    return { count: 1, line, last: line, reason: reasons[reason](this.rules), ...(setting && { setting }) };
  }
}
