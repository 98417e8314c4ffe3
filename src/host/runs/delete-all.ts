import type { RunRow } from './row';
import { labelOf } from './texts';
import { formatBytes } from '../../shared/limits';
import { asleepMilliseconds } from '../../store/run-lock';

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
    id !== current && status === 'interrupted' && Math.abs(now - changed) < asleepMilliseconds;
  const active = rows.filter(row => row.owner === 'others' || isRecent(row));
  const sweeps = new Set(active.flatMap(({ sweep }) => sweep ?? []));
  const candidates = rows.filter(({ status, pinned, owner }) => status !== 'queued' && !pinned && owner !== 'others');
  const isSpared = (row: RunRow): boolean =>
    row.id !== current && (isRecent(row) || (row.sweep !== undefined && sweeps.has(row.sweep)));
  return { deleted: candidates.filter(row => !isSpared(row)), spared: candidates.filter(isSpared) };
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
