import { showErrorMessage, showInformationMessage, showModalWarning } from '../text/surfaces';
import { deleteAllQuestion, divide } from './delete-all';
import type { RunRow } from './row';
import { endQuestion, labelOf } from './texts';
import type { RunsView } from './view';
import type { Session } from '../session/session';
import { InputError, messageOf } from '../../shared/errors';
import { isTraining, type RunState } from '../../shared/run-state';
import type { RunStorage } from '../../store/run-storage';

/** Asks before a run that trains is ended, which no Undo takes back. @returns whether none trains, or the person agrees */
export async function mayEnd(rows: readonly RunRow[], state: RunState): Promise<boolean> {
  const trains = isTraining(state) && !state.opened;
  const row = trains ? rows.find(({ id }) => id === state.id) : undefined;
  if (!row) return true;
  const end = 'Stop and Delete';
  return (await showModalWarning(endQuestion(row, rows.length - 1, state.step), undefined, end)) === end;
}

/** Brings back what was deleted. Does nothing the second time. */
export type Undo = () => void;

/**
 * Moves runs to the trash. A run that trains is stopped first.
 *
 * @param onRemoved is given what takes it back, as the notification does
 * @throws InputError naming those that could not be moved
 */
export async function removeRuns(
  rows: readonly RunRow[],
  view: RunsView,
  storage: RunStorage,
  session: Session,
  onRemoved: (undo: Undo) => void,
): Promise<void> {
  const removed: RunRow[] = [];
  const problems: string[] = [];
  for (const row of rows) {
    try {
      await session.close(row.id);
      if (row.folder === '') continue; // nothing of it is on the disk
      storage.moveToTrash(row.id);
      removed.push(row);
    } catch (error) {
      problems.push(`"${labelOf(row)}" was not deleted: ${messageOf(error)}`);
    }
  }
  view.refresh();
  if (removed.length > 0) {
    const undo = undoOf(removed, view, storage);
    onRemoved(undo);
    void offerUndo(removed, undo);
  }
  if (problems.length > 0) throw new InputError(problems.join(' '));
}

async function offerUndo(rows: readonly RunRow[], takeBack: Undo): Promise<void> {
  const undo = 'Undo';
  const only = rows.length === 1 ? rows.at(0) : undefined;
  const what = only ? `"${labelOf(only)}" was deleted.` : `${rows.length} runs were deleted.`;
  if ((await showInformationMessage(what, undo)) === undo) takeBack();
}

function undoOf(rows: readonly RunRow[], view: RunsView, storage: RunStorage): Undo {
  let left = rows;
  return () => {
    for (const row of left) {
      try {
        storage.takeBack(row.id);
      } catch (error) {
        void showErrorMessage(`"${labelOf(row)}" could not be restored: ${messageOf(error)}`);
      }
    }
    left = [];
    view.refresh();
  };
}

/** Asks, then removes all runs except pinned ones and those of other windows. */
export async function removeAllRuns(
  view: RunsView,
  storage: RunStorage,
  session: Session,
  onRemoved: (undo: Undo) => void,
): Promise<void> {
  const division = divide(view.rows(), session.state.id, Date.now());
  const { deleted, spared } = division;
  const { question, detail } = deleteAllQuestion(division);
  const remove = 'Delete All';
  const answer =
    deleted.length === 0
      ? await showInformationMessage(
          spared.length === 0
            ? 'There are no runs to delete: pinned ones stay.'
            : 'There are no runs to delete: pinned ones stay, and those that another window may be at work on.',
        )
      : await showModalWarning(question, detail, remove);
  if (answer === remove) await removeRuns(deleted, view, storage, session, onRemoved);
}
