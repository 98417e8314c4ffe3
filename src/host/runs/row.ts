import type { QueuedRun } from '../session/queue';
import { lastHeldOutLoss, lastLoss } from '../../shared/comparison';
import { distinctEnds, pathOf } from '../../shared/file-path';
import { defaultRunOptions, type Evaluation, type Source, type TrainingStatus } from '../../shared/run';
import type { RunState } from '../../shared/run-state';
import { isDamaged, type DamagedEntry, type Owner, type RunEntry } from '../../store/run-entry';
import type { RunRecord } from '../../store/run-record';

/** What a run in the list is doing, or how it ended. */
export type RowStatus = TrainingStatus | 'queued' | 'interrupted' | 'failed' | 'damaged';

/** A run as the view lists it: what is on disk, brought up to date if it is the current run. */
export interface RunRow {
  readonly id: string;
  readonly folder: string;
  readonly status: RowStatus;
  readonly owner: Owner;
  readonly title?: string;
  /** Of its file, as far as it tells it from others of the same name. */
  readonly directory?: string;
  readonly pinned: boolean;
  readonly sweep?: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly changed: number;
  /** Missing if the folder is damaged. */
  readonly run?: {
    readonly record: Omit<RunRecord, 'id' | 'names'>;
    readonly step: number;
    /** The mean of the last minibatch losses. */
    readonly loss: number | null;
    readonly evaluations: readonly Evaluation[];
  };
  readonly problem?: string;
}

export type RowOrder = 'time' | 'dev';

/** @param current the run of this window, of which it knows more than the disk does */
export function rowOf(entry: RunEntry | DamagedEntry, current: RunState): RunRow {
  const { id, folder, owner, details, bytes, changed } = entry;
  const row = { id, folder, owner, bytes, changed, ...details };
  if (isDamaged(entry)) return { ...row, status: 'damaged', problem: entry.problem };
  const { record, summary } = entry;
  const { step, loss, evaluations } = summary;
  const { status: now, opened } = current;
  // The disk may know less: what cannot be written is neither locked nor brought up to date.
  const here = id === current.id && owner !== 'others' ? statusAtHand(current) : undefined;
  const wasTraining = summary.status === 'running' || summary.status === 'paused';
  const atRest = wasTraining ? 'interrupted' : summary.status;
  if (here && current.step >= step) {
    return {
      ...row,
      owner: 'us',
      status: opened ? atRest : here,
      run: { record, step: current.step, loss: recentLoss(current) ?? loss, evaluations: current.evaluations },
    };
  }
  const hasFailed = id === current.id && now === 'failed' && wasTraining;
  const status = hasFailed ? 'failed' : owner === 'nobody' ? atRest : summary.status;
  return { ...row, status, run: { record, step, loss, evaluations } };
}

/** The rows of all runs: this window's also where nothing of it is on the disk. */
export function rowsOf(entries: readonly (RunEntry | DamagedEntry)[], current: RunState, now: number): RunRow[] {
  const rows = entries.map(entry => rowOf(entry, current));
  const { id, source, preset, info, step, evaluations, opened } = current;
  if (id === undefined || !source || !preset || !info || opened) return rows;
  const status = statusAtHand(current);
  if (!status || rows.some(row => row.id === id)) return rows;
  const record = { source, preset, options: { ...defaultRunOptions, engine: info.engine }, created: now };
  const run = { record, step, loss: recentLoss(current) ?? null, evaluations };
  return [...rows, { id, run, status, owner: 'us', pinned: false, folder: '', bytes: 0, changed: now }];
}

/** The status of a run that this window has in its memory, unless somebody else has gone on with it. */
function statusAtHand({ status, restored, takenOver }: RunState): RowStatus | undefined {
  if (restored || takenOver) return undefined;
  return (['running', 'paused', 'finished', 'stopped', 'diverged'] as const).find(known => known === status);
}

/** Rows whose files have one name but stand in different folders tell those, as editors do. */
export function withDistinctFiles(rows: readonly RunRow[]): RunRow[] {
  const addresses = new Map<string, Set<string>>();
  for (const { run } of rows) {
    if (!run) continue;
    const { name, uri } = run.record.source;
    addresses.set(name, (addresses.get(name) ?? new Set()).add(uri));
  }
  const ends = new Map(
    [...addresses.values()].filter(({ size }) => size > 1).flatMap(all => [...distinctEnds([...all])]),
  );
  return rows.map(row => {
    const end = row.run && ends.get(row.run.record.source.uri);
    return end === undefined ? row : { ...row, directory: end.slice(0, Math.max(0, end.lastIndexOf('/'))) };
  });
}

/** What a file is called where a run has another one of the same name; undefined where its name is enough. */
export function calledBeside(rows: readonly RunRow[], { name, uri }: Source): string | undefined {
  const others = rows.flatMap(({ run }) => (run?.record.source.name === name ? [run.record.source.uri] : []));
  const called = distinctEnds([...new Set([uri, ...others])]).get(uri);
  const isInFolder = called?.lastIndexOf('/') !== 0; // the sample names are in none
  return isInFolder && called !== pathOf(uri).split('/').at(-1) ? called : undefined;
}

/** A run that waits. Nothing of it is on disk yet. */
export function queuedRow({ id, title, sweep, source, preset, options }: QueuedRun): RunRow {
  const record = { source, preset, options, created: 0 };
  const run = { record, step: 0, loss: null, evaluations: [] };
  return {
    id,
    run,
    status: 'queued',
    owner: 'us',
    pinned: false,
    folder: '',
    bytes: 0,
    changed: 0,
    ...(title !== undefined && { title }),
    ...(sweep !== undefined && { sweep }),
  };
}

/** The mean of the last 100 minibatch losses: a single one jumps too much to be readable. */
export function recentLoss({ losses }: Pick<RunState, 'losses'>): number | undefined {
  const recent = losses.values.subarray(Math.max(0, losses.length - 100), losses.length);
  return recent.length === 0 ? undefined : recent.reduce((sum, v) => sum + v, 0) / recent.length;
}

/** The last loss on the names by which the run is judged; undefined if there is none. */
export function heldOutLossOf({ run }: RunRow): number | undefined {
  return run && lastHeldOutLoss({ evaluations: run.evaluations, preset: run.record.preset });
}

/** The last loss over a whole split; undefined if there is none. */
export function lastLossOf({ run }: RunRow, split: 'train' | 'dev' | 'test'): number | undefined {
  return run && lastLoss(run, split);
}

/** Pinned runs first, then by age or by held-out loss, where runs without one, or that diverged, come last. */
export function sortedRows(rows: readonly RunRow[], order: RowOrder): RunRow[] {
  const begun = (row: RunRow): number => row.run?.record.created ?? row.changed;
  const dev = (row: RunRow): number => {
    const loss = heldOutLossOf(row);
    return loss !== undefined && Number.isFinite(loss) && row.status !== 'diverged' ? loss : Infinity;
  };
  return rows.toSorted((a, b) => {
    if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
    if (order === 'dev' && dev(a) !== dev(b)) return dev(a) - dev(b);
    return begun(b) - begun(a);
  });
}
