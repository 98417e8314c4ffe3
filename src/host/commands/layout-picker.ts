import * as vscode from 'vscode';
import { offersOf } from '../../reading/offers';
import { filtersOf, suggestLayouts } from '../../reading/suggest';
import { asRead, type Layout, type Reading, type Table } from '../../shared/reading';
import { configuredReading } from '../settings';
import { showQuickPick, showQuickPickOfMany } from '../text/surfaces';

type LayoutItem = vscode.QuickPickItem & { readonly layout?: Layout };
/** What a checked item changes. */
type ChoiceItem = vscode.QuickPickItem & { readonly change: Partial<Reading> };
type FilterItem = vscode.QuickPickItem & { readonly table: Table };

/** What stands behind this many characters is not looked at while a person waits. */
const mostLookedAt = 250_000;

/**
 * How to read the names of a file. A list of one name per line in lower case, and nothing else, asks nothing.
 *
 * @returns undefined if the person goes away
 * @throws SettingError for a setting that is none of what it can be
 */
export async function pickReading(text: string, file: string, uri: vscode.Uri): Promise<Reading | undefined> {
  const layout = await pickLayout(text, file);
  return layout && pickChoices(configuredReading(uri, layout), text, file);
}

/** Where the names stand in a file. */
async function pickLayout(text: string, file: string): Promise<Layout | undefined> {
  const ways = suggestLayouts(text);
  const [likely] = ways;
  if (!likely || ways.length === 1) return likely?.layout ?? { kind: 'lines' };
  const items = ways.map(({ layout, label, examples }): LayoutItem => ({
    label: label.charAt(0).toUpperCase() + label.slice(1),
    description: examples.join(', '),
    layout,
  }));
  const picked = await showQuickPick(items, {
    title: `The Names in ${file}`,
    placeHolder: 'Choose where the names stand; Enter takes the first',
    matchOnDescription: true,
  });
  if (!picked?.layout) return undefined;
  return picked.layout.kind === 'table' ? pickRows(picked.layout, text, file) : picked.layout;
}

/** All rows, or those with one value in a column that has few, such as sex or year. */
async function pickRows(table: Table, text: string, file: string): Promise<Table | undefined> {
  const isWhole = text.length <= mostLookedAt;
  const filters = filtersOf(isWhole ? text : text.slice(0, text.lastIndexOf('\n', mostLookedAt)), table);
  if (filters.length === 0) return table;
  const items: (FilterItem | (vscode.QuickPickItem & { readonly table?: undefined }))[] = [
    { label: 'All rows', table },
  ];
  for (const { column, name, values } of filters) {
    items.push({ label: name, kind: vscode.QuickPickItemKind.Separator });
    for (const { is, rows } of values)
      items.push({
        label: `Only ${name} = ${is}`,
        ...(isWhole && { description: `${rows.toLocaleString('en-US')} rows` }),
        table: { ...table, where: { column, is } },
      });
  }
  const picked = await showQuickPick(items, {
    title: `The Rows of ${file}`,
    placeHolder: 'Choose which rows to train on; Enter takes them all',
  });
  return picked?.table;
}

/**
 * What changes names, all of it at once, and only where it makes a difference. The lectures' own list repeats names, and they
 * leave them: repetitions alone are not worth a question.
 */
async function pickChoices(reading: Reading, text: string, file: string): Promise<Reading | undefined> {
  const { layout } = reading;
  const { upper, repeated, count } = offersOf(text, reading);
  if (upper === undefined && !count) return reading;
  const items: ChoiceItem[] = [];
  if (count && layout.kind === 'table')
    items.push({
      label: `Weigh names by "${count.name}"`,
      description: `${count.example.name} counts ${timesOf(count.example.times)}`,
      change: { layout: { ...layout, count: count.column } },
    });
  if (upper !== undefined)
    items.push({
      label: 'Lower case',
      description: `${upper} becomes ${asRead(upper, { ...reading, lower: true })}`,
      picked: reading.lower,
      change: { lower: true },
    });
  if (repeated !== undefined)
    items.push({
      label: 'Drop repeated names',
      description: `${repeated} stands there more than once`,
      picked: reading.unique,
      change: { unique: true },
    });
  const checked = await showQuickPickOfMany(items, {
    title: `The Names of ${file}`,
    placeHolder: 'Check what to change; Enter takes the rest as it stands',
  });
  if (!checked) return undefined;
  const unchecked = {
    ...reading,
    lower: upper === undefined && reading.lower,
    unique: repeated === undefined && reading.unique,
  };
  return checked.reduce<Reading>((changed, { change }) => ({ ...changed, ...change }), unchecked);
}

function timesOf(n: number): string {
  return n === 1 ? 'once' : `${n.toLocaleString('en-US')} times`;
}
