import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { deleteAllQuestion, divide } from '../../../../src/host/runs/delete-all';
import type { RunRow } from '../../../../src/host/runs/row';
import { presetById } from '../../../../src/shared/presets';
import { defaultRunOptions } from '../../../../src/shared/run';

const now = 1_000_000;
const hourAgo = now - 3_600_000;

function row(id: string, changes: Partial<RunRow> = {}, preset = presetById('mlp-part2')): RunRow {
  const source = { name: 'names.txt', uri: 'file:///names.txt' };
  const record = { source, preset, options: defaultRunOptions, created: 0 };
  const run = { record, step: 1, loss: null, evaluations: [] };
  return {
    id,
    run,
    folder: `/${id}`,
    status: 'finished',
    owner: 'nobody',
    pinned: false,
    bytes: 1,
    changed: hourAgo,
    ...changes,
  };
}

const ids = (rows: readonly RunRow[]): string => rows.map(({ id }) => id).join('');

describe('deleting all runs', () => {
  it('leaves pinned runs, those that wait, and those that another window is writing', () => {
    const rows = [row('a'), row('b', { pinned: true }), row('c', { status: 'queued' }), row('d', { owner: 'others' })];
    const { deleted, spared } = divide(rows, undefined, now);
    deepStrictEqual([ids(deleted), ids(spared)], ['a', '']);
  });

  it('names and leaves a run that wrote within the last minute, since its window may only sleep', () => {
    const rows = [
      row('a'),
      row('b', { status: 'interrupted', changed: now - 12_000, title: 'asleep' }),
      row('c', { status: 'interrupted', changed: now - 61_000 }),
    ];
    const division = divide(rows, undefined, now);
    deepStrictEqual([ids(division.deleted), ids(division.spared)], ['ac', 'b']);
    match(deleteAllQuestion(division).detail, /So do "asleep": another window may be at work on them\./);
  });

  it('leaves what a sweep has finished while it goes on in another window, and says so', () => {
    const sweep = (id: string, changes: Partial<RunRow> = {}): RunRow =>
      row(id, { title: `seed ${id}`, sweep: 's', ...changes });
    const rows = [
      sweep('a'),
      sweep('b', { owner: 'others', status: 'running', changed: now }),
      row('c'),
      row('d', { title: 'another' }, presetById('bigram-net')),
    ];
    const division = divide(rows, undefined, now);
    deepStrictEqual([ids(division.deleted), ids(division.spared)], ['cd', 'a']);
    match(deleteAllQuestion(division).detail, /So do "seed a": /);
  });

  it('names the run that trains in this window, which is stopped', () => {
    const division = divide([row('a', { owner: 'us', status: 'running', changed: now, title: 'mine' })], 'a', now);
    strictEqual(ids(division.deleted), 'a');
    match(deleteAllQuestion(division).detail, /^"mine" is training, and is stopped\. Pinned runs stay/);
  });
});
