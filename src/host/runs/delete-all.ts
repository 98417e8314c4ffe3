import type { RunRow } from './row';
import { labelOf } from './texts';
import { formatBytes } from '../../shared/limits';

/**
 * A run that was written this recently may be of a window that sleeps. Longer than a takeover waits: whoever takes a run
 * over goes on with it, but whoever deletes it takes it away.
 */
const recentMilliseconds = 60_000;
/** More names would not be read. */
const mostNamed = 3;

/** What is deleted, and what could be but stays. */
interface Division {
  readonly deleted: readonly RunRow[];
  /** Runs of other windows that were writing a moment ago, and runs of sweeps that go on there. */
  readonly spared: readonly RunRow[];
}

/** Divides all runs but the pinned ones and those that another window is writing. @param current the id of this window's run */
export function divide(rows: readonly RunRow[], current: string | undefined, now: number): Division {
  const isRecent = ({ id, status, changed }: RunRow): boolean =>
    id !== current && status === 'interrupted' && Math.abs(now - changed) < recentMilliseconds;
  const active = rows.filter(row => row.owner === 'others' || isRecent(row));
  const sweeps = new Set(active.flatMap(row => sweepOf(row) ?? []));
  const candidates = rows.filter(({ status, pinned, owner }) => status !== 'queued' && !pinned && owner !== 'others');
  const isSpared = (row: RunRow): boolean => row.id !== current && (isRecent(row) || sweeps.has(sweepOf(row) ?? ''));
  return { deleted: candidates.filter(row => !isSpared(row)), spared: candidates.filter(isSpared) };
}

/** What the runs of a sweep have in common: they have titles, and learn one file with one preset. */
function sweepOf({ title, run }: RunRow): string | undefined {
  return title !== undefined && run ? JSON.stringify([run.record.source.uri, run.record.preset.id]) : undefined;
}

/** The question before all are deleted, and what stands below it. */
export function deleteAllQuestion({ deleted, spared }: Division): {
  readonly question: string;
  readonly detail: string;
} {
  const size = formatBytes(deleted.reduce((sum, { bytes }) => sum + bytes, 0));
  const question = `Delete ${deleted.length === 1 ? 'one run' : `all ${deleted.length} runs`} (${size})?`;
  const training = deleted.filter(({ status }) => status === 'running' || status === 'paused');
  const sentences = [
    ...training.map(row => `"${labelOf(row)}" is training, and is stopped.`),
    'Pinned runs stay, and runs of other windows.',
    ...(spared.length > 0 ? [`So do ${named(spared)}: another window may be at work on them.`] : []),
    'Deleted runs can be restored for a week, from the trash folder beside the runs.',
  ];
  return { question, detail: sentences.join(' ') };
}

function named(rows: readonly RunRow[]): string {
  const names = rows.slice(0, mostNamed).map(row => `"${labelOf(row)}"`);
  const rest = rows.length - names.length;
  return [names.join(', '), ...(rest > 0 ? [`and ${rest} more`] : [])].join(' ');
}
