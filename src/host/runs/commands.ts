import * as vscode from 'vscode';
import { exportRun } from './export-run';
import { readAgain } from '../text/names-document';
import { showInformationMessage, showInputBox, showWaiting } from '../text/surfaces';
import type { Commands } from '../register-commands';
import type { CommandContext } from '../commands/command-context';
import { startOrQueue } from '../commands/run-commands';
import { mayStop } from '../commands/stop-question';
import type { RunQueue } from '../session/queue';
import type { Session } from '../session/session';
import { doubleClicks } from './double-clicks';
import { rowsMeantByKey } from './focused';
import { keptState } from './kept-state';
import type { RunRow } from './row';
import { pickRun, pickRuns } from './pick';
import { labelOf } from './texts';
import { mayEnd, removeAllRuns, removeRuns, type Undo } from './removal';
import type { RunsView } from './view';
import { configuredOptions } from '../settings';
import { learnedNames, mostCompared, type ComparedRun } from '../../shared/comparison';
import { InputError, messageOf } from '../../shared/errors';
import { hasModel } from '../../shared/run-state';
import { longestTitle, type RunDetails } from '../../store/run-details';
import type { RunStorage } from '../../store/run-storage';

/** What a key passes: it means the focused run. */
const byKey = 'focused';

/** The commands of the view. A menu passes the clicked run and all selected ones; the palette passes nothing, and asks. */
export function commandsOfRuns(view: RunsView, storage: RunStorage, context: CommandContext): Commands {
  const { session, inspector, queue } = context;
  const rowsOf = async (clicked: unknown, selected: unknown): Promise<readonly RunRow[]> => {
    const ids: readonly unknown[] =
      Array.isArray(selected) && selected.length > 0
        ? selected
        : clicked === byKey
          ? await rowsMeantByKey(view)
          : [clicked];
    return view.rowsOf(ids);
  };
  const offered = (): readonly RunRow[] => {
    const rows = view.rows();
    if (rows.length === 0)
      throw new InputError('There are no runs yet. Open a file of names and run Makemore: Train on This File.');
    return rows;
  };
  const forOne = (work: (row: RunRow) => unknown) => async (clicked: unknown) => {
    const row = clicked === undefined ? await pickRun(offered()) : (await rowsOf(clicked, undefined)).at(0);
    if (!row && clicked === undefined) return;
    if (!row) throw new InputError('Choose a run in the Runs view first.');
    if (row.status === 'queued') throw new InputError('This run is still in the queue: you can move or remove it.');
    await work(row);
    view.refresh();
  };
  const forAll = (work: (rows: readonly RunRow[]) => unknown) => async (clicked: unknown, selected: unknown) => {
    const isAsked = clicked === undefined && selected === undefined;
    await work(isAsked ? await pickRuns(offered()) : await rowsOf(clicked, selected));
    view.refresh();
  };
  const compare = forAll(rows => compareRows(rows, storage, session, () => inspector.show('compare')));
  /** Several runs, such as those of a sweep, are compared instead. */
  const forOneOrCompared = (work: (row: RunRow) => unknown) => async (clicked: unknown) => {
    const ids = clicked === undefined ? [] : (await rowsOf(clicked, undefined)).map(({ id }) => id);
    return ids.length > 1 ? compare(clicked, ids) : forOne(work)(ids.at(0) ?? clicked);
  };
  const open = forOneOrCompared(row => openRun(row, context));
  const look = forOneOrCompared(row => lookAtRun(row, storage, context));
  const isSecondClick = doubleClicks();
  const undos: Undo[] = [];
  const onRemoved = (undo: Undo): void => void undos.push(undo);
  return {
    openRun: open,
    lookAtRun: fromMenu => {
      if (isId(fromMenu)) return look(fromMenu);
      const clicked = view.selection.at(0); // a click on a row selects it, and passes nothing
      if (clicked === undefined) return undefined;
      return isSecondClick(clicked) ? open(clicked) : look(clicked);
    },
    sampleRun: forOne(row => sampleRun(row, context)),
    trainRunAgain: forOne(row => trainRunAgain(row, context)),
    renameRun: forOne(row => renameRun(row, storage)),
    pinRun: forAll(rows => rows.filter(isKept).forEach(row => pin(row, true, storage))),
    unpinRun: forAll(rows => rows.filter(isKept).forEach(row => pin(row, false, storage))),
    compareRuns: compare,
    // What the inspector has seen is known only for the current run.
    exportRun: forOne(row =>
      exportRun(storage.readWhole(row.id), row.id === session.state.id ? session.state : undefined),
    ),
    revealRun: forOne(row => vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(row.folder))),
    // Where a window is not on the machine that has the folder, nothing can reveal it.
    copyRunPath: forOne(row => vscode.env.clipboard.writeText(row.folder)),
    deleteRuns: forAll(async rows => {
      if (!(await mayEnd(rows, session.state))) return;
      queue.remove(rows.filter(row => !isKept(row)).map(({ id }) => id));
      await removeRuns(rows.filter(isKept), view, storage, session, onRemoved);
    }),
    undoDelete: () => undos.pop()?.(),
    moveRunForward: forAll(rows => rows.forEach(({ id }) => queue.move(id, -1))),
    moveRunBack: forAll(rows => rows.toReversed().forEach(({ id }) => queue.move(id, 1))),
    deleteAllRuns: () => removeAllRuns(view, storage, session, onRemoved),
    sortRunsByDevLoss: () => view.setOrder('dev'),
    sortRunsByTime: () => view.setOrder('time'),
  };
}

/** Shows what is kept of a run, while the current one goes on. */
function lookAtRun(row: RunRow, storage: RunStorage, { session: { state }, inspector }: CommandContext): void {
  if (row.problem !== undefined) throw new InputError(row.problem);
  if (row.id === state.id) inspector.show();
  else inspector.look(keptState(row, storage.readHistory(row.id), state));
}

/** Shows pictures and model without training on. @returns whether the run is the current one now */
async function openRun(row: RunRow, { session, inspector, queue }: CommandContext): Promise<boolean> {
  if (row.problem !== undefined) throw new InputError(row.problem);
  const isCurrent = row.id === session.state.id && (hasModel(session.state) || session.state.status === 'starting');
  if (!isCurrent) {
    if (row.owner === 'others') throw new InputError(`${labelOf(row)} is open in another window: look at it there.`);
    if (!(await mayStop(session, labelOf(row)))) return false;
    await session.resume(row.id, { paused: true });
    if (queue.runs.length > 0) void offerQueue(row, queue);
  }
  inspector.show();
  return true;
}

/** A run that is only looked at never ends, so those in the queue would wait for nothing. */
async function offerQueue(row: RunRow, queue: RunQueue): Promise<void> {
  const begin = 'Start the Next';
  const { length } = queue.runs;
  const message = `${length === 1 ? 'One run waits' : `${length} runs wait`} in the queue while "${labelOf(row)}" is open.`;
  if ((await showInformationMessage(message, begin)) === begin) queue.startSoon();
}

async function sampleRun(row: RunRow, context: CommandContext): Promise<void> {
  const { session, inspector } = context;
  if (!(await openRun(row, context))) return;
  inspector.show('samples');
  const isStarting = (): boolean => session.state.id === row.id && session.state.status === 'starting';
  const sampleIfThere = (): void => {
    if (session.state.id === row.id && hasModel(session.state)) session.sample({});
  };
  if (!isStarting()) {
    sampleIfThere();
    return;
  }
  // Whatever ends the start ends the wait, so that no other run is ever sampled for this one.
  const waiting = session.onEvent(() => {
    if (isStarting()) return;
    waiting.dispose();
    sampleIfThere();
  });
}

async function trainRunAgain({ run, problem }: RunRow, context: CommandContext): Promise<void> {
  if (!run) throw new InputError(problem ?? 'This run no longer exists.');
  const { source, preset, options: before } = run.record;
  const options = configuredOptions('train', vscode.Uri.parse(source.uri, true), before.reading);
  const text = await showWaiting(`Reading ${source.name}…`, readAgain(source));
  if (text === undefined) return;
  await startOrQueue([{ source, text, preset, options }], context);
}

async function renameRun(row: RunRow, storage: RunStorage): Promise<void> {
  const title = await showInputBox({
    title: 'Rename Run',
    value: labelOf(row),
    prompt: 'Leave empty to use the preset and file name',
    validateInput: text => (text.length > longestTitle ? `A title has at most ${longestTitle} characters.` : undefined),
  });
  if (title === undefined) return;
  const trimmed = title.trim();
  const { title: _, ...noted } = detailsOf(row);
  storage.describe(row.id, { ...noted, ...(trimmed !== '' && { title: trimmed }) });
}

function pin(row: RunRow, pinned: boolean, storage: RunStorage): void {
  storage.describe(row.id, { ...detailsOf(row), pinned });
}

function detailsOf({ pinned, title, sweep }: RunRow): RunDetails {
  return { pinned, ...(title !== undefined && { title }), ...(sweep !== undefined && { sweep }) };
}

/**
 * Puts runs side by side.
 *
 * @param show shows them
 * @throws InputError if some of them, which are left out, could not be read
 */
export function compareRows(rows: readonly RunRow[], storage: RunStorage, session: Session, show: () => void): void {
  const { read, problems } = readAll(rows.filter(isKept).slice(0, mostCompared), row => comparedRun(row, storage));
  if (read.length > 0) {
    session.compare(read);
    show();
  }
  if (problems.length > 0) throw new InputError(`Left out of the comparison: ${problems.join(' ')}`);
}

/** Reads what can be read of some runs, and says why the others can't. */
function readAll<T>(rows: readonly RunRow[], read: (row: RunRow) => T): { read: T[]; problems: string[] } {
  const problems: string[] = [];
  const all = rows.flatMap(row => {
    try {
      return [read(row)];
    } catch (error) {
      problems.push(`"${labelOf(row)}". ${messageOf(error)}`);
      return [];
    }
  });
  return { read: all, problems };
}

function comparedRun(row: RunRow, storage: RunStorage): ComparedRun {
  const { record, step, status, losses, evaluations } = storage.readHistory(row.id);
  const { source, preset, options } = record;
  const { split } = options;
  const names = learnedNames(record.names, options);
  const run = { id: row.id, title: labelOf(row), file: source.name, names, preset, split, step, losses, evaluations };
  return { ...run, diverged: status === 'diverged' };
}

function isKept({ status }: RunRow): boolean {
  return status !== 'queued';
}

function isId(value: unknown): value is string {
  return typeof value === 'string';
}
