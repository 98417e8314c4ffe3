import type { RunRow } from './row';
import { labelOf } from './texts';
import { idle, type RunState } from '../../shared/run-state';
import type { RunHistory } from '../../store/run-folder';

/** What the inspector shows of a run that is only looked at: how it went, and nothing that takes a model. */
export function keptState(row: RunRow, history: RunHistory, current: RunState): RunState {
  const { record, status, step, losses, evaluations, facts } = history;
  const { source, preset, options } = record;
  const called = row.run?.record.source.name; // with its folder, if it takes that
  return {
    ...idle,
    id: row.id,
    source,
    ...(called !== undefined && called !== source.name && { called }),
    preset,
    purpose: options.purpose,
    status: row.status === 'interrupted' ? row.status : status,
    step,
    losses: { values: losses, length: losses.length },
    evaluations,
    compared: current.compared,
    lookedAt: { title: labelOf(row), hasCurrent: current.status !== 'idle', ...(facts && { facts }) },
  };
}
