import { flagNames, flags, type FlagSpec } from './flags';
import type { Kind } from '../shared/kinds';

/** Of the help. */
const width = 110;
const column = 26;

/** What `--help` prints: a line or more for each flag, with what its value can be. */
export function usage(): string {
  return ['Usage: npx makemore --input-file FILE [options]', '', ...flagNames.flatMap(name => lines(name, flags[name]))]
    .map(line => `${line}\n`)
    .join('');
}

function lines(name: string, { kind, value, short, help, default: initial }: FlagSpec): string[] {
  const flag = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  const limits = [limitsOf(kind), initial === undefined || initial === '' ? '' : `default ${initial}`].filter(Boolean);
  const words = `${help}${limits.length > 0 ? ` (${limits.join('; ')})` : ''}`.split(' ');
  const texts: string[] = [];
  for (const word of words) {
    const last = texts.at(-1);
    if (last !== undefined && column + last.length + 1 + word.length <= width) texts.splice(-1, 1, `${last} ${word}`);
    else texts.push(word);
  }
  const first = `  ${flag}`.padEnd(column - 1);
  return texts.map((text, i) => (i === 0 ? `${first} ${text}` : `${' '.repeat(column)}${text}`));
}

/** "1 to 256", or the choices. */
function limitsOf(kind: Kind<unknown>): string {
  if ('range' in kind && typeof kind.range === 'string') return kind.range;
  return 'choices' in kind ? kind.allowed : '';
}
