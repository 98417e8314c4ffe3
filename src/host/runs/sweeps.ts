import { heldOutLossOf, sortedRows, type RunRow } from './row';

/** The runs of a sweep, which are listed below it. */
export interface SweepRow {
  /** No run has such an id. */
  readonly id: string;
  readonly first: RunRow;
  readonly rows: readonly RunRow[];
  /** The one with the least dev loss. */
  readonly best?: RunRow;
}

/** The id of the row under which a run is listed, where there are several of its sweep. */
export function sweepIdOf({ sweep }: RunRow): string | undefined {
  return sweep === undefined ? undefined : `sweep ${sweep}`;
}

/** The sweeps of which several runs are listed, by id. */
export function sweepsIn(rows: readonly RunRow[]): ReadonlyMap<string, SweepRow> {
  const sweeps = new Map<string, SweepRow>();
  for (const first of rows) {
    const id = sweepIdOf(first);
    if (id === undefined || sweeps.has(id)) continue;
    const ofSweep = rows.filter(row => sweepIdOf(row) === id);
    if (ofSweep.length > 1) sweeps.set(id, { id, first, rows: ofSweep, ...bestOf(ofSweep) });
  }
  return sweeps;
}

function bestOf(rows: readonly RunRow[]): { best?: RunRow } {
  const [best] = sortedRows(
    rows.filter(({ status }) => status !== 'diverged').map(row => ({ ...row, pinned: false })),
    'dev',
  );
  return best && Number.isFinite(heldOutLossOf(best)) ? { best } : {};
}
