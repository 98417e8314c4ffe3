import type { QueuedRun } from '../session/queue';
import { lastLoss } from '../../shared/comparison';
import type { Evaluation } from '../../shared/run';
import type { RunState } from '../../shared/run-state';
import { isDamaged, type DamagedEntry, type Owner, type RunEntry } from '../../store/run-entry';
import type { RunRecord } from '../../store/run-record';

/** What a run in the list is doing, or what has become of it. */
export type RowStatus = 'queued' | 'running' | 'paused' | 'interrupted' | 'finished' | 'stopped' | 'failed' | 'damaged';

/** A run as the view lists it: what is on the disk, and what the present run has told since. */
export interface RunRow {
  readonly id: string;
  readonly folder: string;
  readonly status: RowStatus;
  readonly owner: Owner;
  readonly title?: string;
  readonly pinned: boolean;
  readonly bytes: number;
  /** When it was written last, in milliseconds since 1970. */
  readonly changed: number;
  /** None where the folder is damaged. */
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

/** @param present what this window shows: of its own run it knows more than the disk */
export function rowOf(entry: RunEntry | DamagedEntry, present: RunState): RunRow {
  const { id, folder, owner, details, bytes, changed } = entry;
  const row = { id, folder, owner, bytes, changed, ...details };
  if (isDamaged(entry)) return { ...row, status: 'damaged', problem: entry.problem };
  const { record, summary } = entry;
  const { step, loss, evaluations } = summary;
  const { status: now, opened } = present;
  const wasTraining = summary.status === 'running' || summary.status === 'paused';
  const atRest = wasTraining ? 'interrupted' : summary.status;
  if (id === present.id && owner === 'us' && present.step >= step) {
    const isTraining = (now === 'running' || now === 'paused') && !opened;
    return {
      ...row,
      status: isTraining ? now : opened ? atRest : summary.status,
      run: { record, step: present.step, loss: recentLoss(present) ?? loss, evaluations: present.evaluations },
    };
  }
  const hasFailed = id === present.id && now === 'failed' && wasTraining;
  const status = hasFailed ? 'failed' : owner === 'nobody' ? atRest : summary.status;
  return { ...row, status, run: { record, step, loss, evaluations } };
}

/** A run that waits for its turn, of which nothing is on the disk yet. */
export function queuedRow({ id, title, source, preset, options }: QueuedRun): RunRow {
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
  };
}

/** The mean of the last 100 minibatch losses, since a single one jumps too much to be read. */
export function recentLoss({ losses }: Pick<RunState, 'losses'>): number | undefined {
  const recent = losses.values.subarray(Math.max(0, losses.length - 100), losses.length);
  return recent.length === 0 ? undefined : recent.reduce((sum, v) => sum + v, 0) / recent.length;
}

/** The last loss over a whole split; undefined where there is none. */
export function lastLossOf({ run }: RunRow, split: 'train' | 'dev' | 'test'): number | undefined {
  return run && lastLoss(run, split);
}

/** Pinned ones first, then the newest or the least dev loss; runs without one come last. */
export function sortedRows(rows: readonly RunRow[], order: RowOrder): RunRow[] {
  const begun = (row: RunRow): number => row.run?.record.created ?? row.changed;
  const dev = (row: RunRow): number => lastLossOf(row, 'dev') ?? Infinity;
  return rows.toSorted((a, b) => {
    if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
    if (order === 'dev' && dev(a) !== dev(b)) return dev(a) - dev(b);
    return begun(b) - begun(a);
  });
}
