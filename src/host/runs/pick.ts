import * as vscode from 'vscode';
import { showQuickPick, showQuickPickOfMany } from '../text/surfaces';
import type { RunRow } from './row';
import { descriptionOf, labelOf } from './texts';

type RunItem = vscode.QuickPickItem & { readonly row: RunRow };

/** For a command of the palette, which is about no run in particular. */
export async function pickRun(rows: readonly RunRow[]): Promise<RunRow | undefined> {
  return (await showQuickPick(itemsOf(rows), { placeHolder: 'Choose a run', matchOnDescription: true }))?.row;
}

export async function pickRuns(rows: readonly RunRow[]): Promise<readonly RunRow[]> {
  const picked = await showQuickPickOfMany(itemsOf(rows), { placeHolder: 'Choose runs', matchOnDescription: true });
  return (picked ?? []).map(({ row }) => row);
}

function itemsOf(rows: readonly RunRow[]): RunItem[] {
  return rows.map(row => ({ label: labelOf(row), description: descriptionOf(row, Date.now()), row }));
}
