import * as vscode from 'vscode';
import type { RunRow } from './run-row';
import { labelOf } from './run-texts';
import type { RunsView } from './runs-view';
import type { Session } from './session';
import { formatBytes } from './shared/limits';
import type { RunStorage } from './store/run-storage';

/** Moves runs to the trash; one that trains is stopped first. A person can undo it. */
export async function removeRuns(
  rows: readonly RunRow[],
  view: RunsView,
  storage: RunStorage,
  session: Session,
): Promise<void> {
  for (const { id } of rows) {
    await session.close(id);
    storage.moveToTrash(id);
  }
  view.refresh();
  if (rows.length > 0) void offerUndo(rows, view, storage);
}

async function offerUndo(rows: readonly RunRow[], view: RunsView, storage: RunStorage): Promise<void> {
  const undo = 'Undo';
  const what = rows.length === 1 ? `"${labelOf(rows[0])}" was deleted.` : `${rows.length} runs were deleted.`;
  if ((await vscode.window.showInformationMessage(what, undo)) !== undo) return;
  for (const { id } of rows) storage.takeBack(id);
  view.refresh();
}

/** All but pinned ones and those of other windows, when a person has seen how many and how large they are. */
export async function removeAllRuns(view: RunsView, storage: RunStorage, session: Session): Promise<void> {
  const rows = view.rows().filter(({ status, pinned, owner }) => status !== 'queued' && !pinned && owner !== 'others');
  const size = formatBytes(rows.reduce((sum, { bytes }) => sum + bytes, 0));
  const remove = 'Delete';
  const detail = 'Pinned runs stay, and those that another window is at. A week later they are gone for good.';
  const question = `Delete ${rows.length === 1 ? 'one run' : `all ${rows.length} runs`} (${size})?`;
  const answer =
    rows.length === 0
      ? await vscode.window.showInformationMessage('There are no runs to delete: pinned ones stay.')
      : await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
  if (answer === remove) await removeRuns(rows, view, storage, session);
}
