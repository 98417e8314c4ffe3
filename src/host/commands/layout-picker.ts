import * as vscode from 'vscode';
import { offersOf } from '../../reading/offers';
import { filtersOf, suggestLayouts, type Suggestion } from '../../reading/suggest';
import { asRead, type Layout, type Reading, type Table } from '../../shared/reading';
import { configuredReading } from '../settings';
import { showChoiceStep, showPickStep, type Way } from '../text/surfaces';
import type { Asked, Place } from './in-steps';

type LayoutItem = vscode.QuickPickItem & { readonly layout: Layout };
/** What a checked item changes. */
type ChoiceItem = vscode.QuickPickItem & { readonly change: Partial<Reading> };
/** Separators have no table. */
type RowsItem = vscode.QuickPickItem & { readonly table?: Table };

/** What stands behind this many characters is not looked at while a person waits. */
const mostLookedAt = 250_000;

/**
 * How to read the names of a file. A list of one name per line in lower case, and nothing else, asks nothing.
 *
 * @throws SettingError for a setting that is none of what it can be, as soon as it is asked for anything
 */
export function askReading(text: string, file: string, uri: vscode.Uri): Asked<Reading> {
  const ways = suggestLayouts(text);
  const layouts = ways.map(layoutItem);
  let layout = layouts.at(0);
  let rows: RowsItem | undefined;
  let checked: readonly ChoiceItem[] | undefined;
  const table = (): Table | undefined => (layout?.layout.kind === 'table' ? layout.layout : undefined);
  const reading = (): Reading => configuredReading(uri, rows?.table ?? layout?.layout ?? { kind: 'lines' });

  const askLayout = async (place: Place): Promise<Way> => {
    const { chosen, way } = await showChoiceStep(layouts, {
      title: `The Names in ${file}`,
      placeHolder: 'Choose where the names stand; Enter takes the first',
      before: layout && [layout],
      ...place,
    });
    if (way !== 'next' || chosen?.layout === layout?.layout) return way;
    [layout, rows, checked] = [chosen, undefined, undefined];
    return way;
  };
  const askRows = async (place: Place): Promise<Way> => {
    const { chosen, way } = await showChoiceStep(rowsItems(text, table()), {
      title: `The Rows of ${file}`,
      placeHolder: 'Choose which rows to train on; Enter takes them all',
      before: rows && [rows],
      ...place,
    });
    if (way === 'next') rows = chosen;
    return way;
  };
  const askChanges = async (place: Place): Promise<Way> => {
    const items = choiceItems(text, reading());
    const { chosen, way } = await showPickStep(items, {
      title: `The Names of ${file}`,
      placeHolder: 'Check what to change, then press Enter',
      least: 0,
      most: items.length,
      before: checked,
      ...place,
    });
    if (way === 'next') checked = chosen;
    return way;
  };
  return {
    questions: [
      { isAsked: () => ways.length > 1, ask: askLayout },
      { isAsked: () => rowsItems(text, table()).length > 0, ask: askRows },
      { isAsked: () => choiceItems(text, reading()).length > 0, ask: askChanges },
    ],
    answer: () => withChanges(text, reading(), checked),
  };
}

function layoutItem({ layout, label, examples }: Suggestion): LayoutItem {
  return { label: label.charAt(0).toUpperCase() + label.slice(1), description: examples.join(', '), layout };
}

/** All rows, or those with one value in a column that has few, such as sex or year; nothing where there is no such column. */
function rowsItems(text: string, table: Table | undefined): RowsItem[] {
  if (!table) return [];
  const isWhole = text.length <= mostLookedAt;
  const filters = filtersOf(isWhole ? text : text.slice(0, text.lastIndexOf('\n', mostLookedAt)), table);
  if (filters.length === 0) return [];
  const items: RowsItem[] = [{ label: 'All rows', table }];
  for (const { column, name, values } of filters) {
    items.push({ label: name, kind: vscode.QuickPickItemKind.Separator });
    for (const { is, rows } of values)
      items.push({
        label: `Only ${name} = ${is}`,
        ...(isWhole && { description: `${rows.toLocaleString('en-US')} rows` }),
        table: { ...table, where: { column, is } },
      });
  }
  return items;
}

/**
 * What changes names, all of it at once, and only where it makes a difference. The lectures' own list repeats names, and they
 * leave them: repetitions alone are not worth a question.
 */
function choiceItems(text: string, reading: Reading): ChoiceItem[] {
  const { layout } = reading;
  const { upper, repeated, count } = offersOf(text, reading);
  if (upper === undefined && !count) return [];
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
  return items;
}

/** @param checked undefined if nothing was asked */
function withChanges(text: string, reading: Reading, checked: readonly ChoiceItem[] | undefined): Reading {
  if (!checked) return reading;
  const { upper, repeated } = offersOf(text, reading);
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
