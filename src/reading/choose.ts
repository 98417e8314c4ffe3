import { InputError, quote } from '../shared/errors';
import type { Layout } from '../shared/reading';
import { countColumnOf } from './offers';
import { suggestLayouts, type Suggestion } from './suggest';
import { columnNames, rowsOf } from './table';

/** What was asked for; undefined where the file decides. */
export interface Wish {
  readonly layout?: Layout['kind'] | undefined;
  /** The name of a column, or its number from 1. */
  readonly column?: string | undefined;
  /** `column=value`: only these rows. */
  readonly where?: string | undefined;
  /** The column that says how often each name counts, by its name or number. */
  readonly count?: string | undefined;
  /** Of the objects in JSON. */
  readonly key?: string | undefined;
}

/** What was chosen, and what else could be, as sentences with the flags of the command line. */
export interface Choice {
  readonly layout: Layout;
  readonly notes: readonly string[];
}

/**
 * How to read a file: as asked for, else as it is likeliest meant, which is then told.
 *
 * @throws InputError for a wish that the file cannot meet
 */
export function chooseLayout(text: string, source: string, { layout, column, where, count, key }: Wish): Choice {
  const ways = suggestLayouts(text);
  const kind =
    layout ?? (key === undefined ? ((column ?? where ?? count) === undefined ? undefined : 'table') : 'json');
  const way = kind === undefined ? ways[0] : ways.find(one => one.layout.kind === kind);
  if (way?.layout.kind === 'table') return chooseTable(way.layout, text, source, { column, where, count });
  if (key !== undefined) return { layout: { kind: 'json', key: knownKey(ways, source, key) }, notes: [] };
  if ((column ?? where ?? count) !== undefined)
    throw new InputError(`${source} has no columns that --column, --where, or --count could choose: leave them out.`);
  if (way) return { layout: way.layout, notes: kind === undefined ? remarks(way, ways) : [] };
  if (kind === 'lines' || kind === 'list' || kind === 'words') return { layout: { kind }, notes: [] };
  throw new InputError(`${source} cannot be read with --layout ${kind ?? ''}: it does not look like it.`);
}

/** What the file could be besides. */
function remarks({ layout }: Suggestion, ways: readonly Suggestion[]): string[] {
  if (layout.kind === 'json' && ways.some(way => way.layout.kind === 'json' && way.layout !== layout))
    return ['--key takes another value, --layout lines takes every line as it stands.'];
  if (layout.kind !== 'lines') return ['--layout lines takes every line as it stands.'];
  return ways.some(way => way.layout.kind === 'words')
    ? ['The lines have several words: --layout words makes each word a name.']
    : [];
}

function chooseTable(
  likely: Extract<Layout, { kind: 'table' }>,
  text: string,
  source: string,
  { column, where, count }: Pick<Wish, 'column' | 'where' | 'count'>,
): Choice {
  const names = columnNames(likely, text);
  const find = (typed: string): number => {
    const byName = names.findIndex(name => name.toLowerCase() === typed.trim().toLowerCase());
    const number = Number(typed) - 1;
    const found = byName >= 0 ? byName : Number.isInteger(number) && number in names ? number : -1;
    if (found < 0) throw new InputError(`${source} has no column ${quote(typed)}: it has ${few(names)}.`);
    return found;
  };
  const place = column === undefined ? likely.column : find(column);
  const weight = count === undefined ? undefined : find(count);
  if (weight === place)
    throw new InputError(`${source} has its names in ${quote(names[place] ?? '')}: choose another column for --count.`);
  const chosen = { ...likely, column: place, ...(weight !== undefined && { count: weight }) };
  const notes =
    column === undefined && names.length > 1
      ? ['--column takes another column, --layout lines takes every line as it stands.']
      : [];
  const counted = count === undefined ? countColumnOf(text, chosen) : undefined;
  if (counted) notes.push(`--count ${quote(counted.name)} makes each name count as often as that column says.`);
  if (where === undefined) return { layout: chosen, notes };
  const equals = where.indexOf('=');
  if (equals < 1)
    throw new InputError(`--where must be a column and a value, such as sex=F, but it is "${quote(where)}".`);
  const filter = { column: find(where.slice(0, equals)), is: where.slice(equals + 1).trim() };
  const layout = { ...chosen, where: filter };
  for (const { cells } of rowsOf(text, layout.separator))
    if (cells[filter.column]?.text.trim() === filter.is) return { layout, notes };
  throw new InputError(`${source} has no row with ${quote(where)}: choose a value that stands in that column.`);
}

function knownKey(ways: readonly Suggestion[], source: string, key: string): string {
  const keys = ways.flatMap(({ layout }) => (layout.kind === 'json' && layout.key !== undefined ? [layout.key] : []));
  if (keys.includes(key)) return key;
  throw new InputError(
    keys.length === 0
      ? `${source} has no objects with texts that --key could choose: leave it out.`
      : `${source} has no texts under the key ${quote(key)}: it has ${few(keys)}.`,
  );
}

const mostNamed = 8;

/** Of columns or keys, which may be many and long, as many as somebody reads. */
function few(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  const first = names.slice(0, mostNamed).map(quote).join(', ');
  return rest > 0 ? `${first}, and ${rest.toLocaleString('en-US')} more` : first;
}
