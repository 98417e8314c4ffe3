import * as vscode from 'vscode';
import { filtersOf, suggestLayouts } from '../../reading/suggest';
import type { Layout, Table } from '../../shared/reading';
import { showQuickPick } from '../text/surfaces';

type LayoutItem = vscode.QuickPickItem & { readonly layout?: Layout };
type FilterItem = vscode.QuickPickItem & { readonly table: Table };

/** What stands behind this many characters is not looked at while a person waits. */
const mostLookedAt = 250_000;

/**
 * Where the names stand in a file. A file with one name per line, and nothing else, asks nothing.
 *
 * @returns undefined if the person goes away
 */
export async function pickLayout(text: string, file: string): Promise<Layout | undefined> {
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
