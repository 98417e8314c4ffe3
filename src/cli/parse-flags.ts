import { parseArgs } from 'node:util';
import { flagNames, flags, type FlagName, type Flags, type FlagSpec } from './flags';
import { InputError, messageOf } from '../shared/errors';
import { refusal, toggle } from '../shared/kinds';

const takesValue = (name: FlagName): boolean => flags[name].kind !== toggle;

/** @throws InputError for a flag that does not exist, lacks its value, or cannot have it */
export function parseFlags(args: readonly string[]): Flags {
  const values: Record<string, unknown> = {};
  for (const [name, typed] of Object.entries(typedIn(args))) {
    const { kind }: FlagSpec = flags[name as FlagName]; // there are no others
    const value = typeof typed === 'string' ? kind.parse(typed) : typed;
    if (value === undefined) throw new InputError(refusal(`--${name}`, kind, typed));
    values[name] = value;
  }
  return values; // each has been read by its own kind
}

function typedIn(args: readonly string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(
    flagNames.map(name => {
      const { short }: FlagSpec = flags[name];
      return [name, { type: takesValue(name) ? 'string' : 'boolean', ...(short !== undefined && { short }) } as const];
    }),
  );
  try {
    return parseArgs({ args: withNegativeNumbers(args), options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence says what is wrong; the lines after it are for programmers.
    const [first = ''] = messageOf(error).split('\n');
    const remedy = first.endsWith('ambiguous.')
      ? 'a value that begins with a dash is written behind an equals sign, as in --prefix=-a'
      : '--help lists the flags';
    throw new InputError(`${first.replace(/\.?\s*$/, '')}: ${remedy}.`);
  }
}

/** `--seed -1` as `--seed=-1`, and `-l -1` as `-l-1`: Node would take the number for another flag. */
function withNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? '';
    const name = /^-\.?\d/.test(arg)
      ? flagNames.find(flag => `--${flag}` === before || `-${shortOf(flag)}` === before)
      : undefined;
    if (name !== undefined && takesValue(name)) joined.splice(-1, 1, `--${name}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function shortOf(name: FlagName): string | undefined {
  const { short }: FlagSpec = flags[name];
  return short;
}
