import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { RunRow } from '../../../../src/host/runs/row';
import { sweepsIn } from '../../../../src/host/runs/sweeps';
import { descriptionOf, labelInSweep, textsOfSweep } from '../../../../src/host/runs/texts';
import { presetById } from '../../../../src/shared/presets';
import { defaultRunOptions } from '../../../../src/shared/run';

const preset = presetById('mlp-part2');

function row(id: string, sweep: string | undefined, dev: number | undefined, changes: Partial<RunRow> = {}): RunRow {
  const source = { name: 'names.txt', uri: 'file:///names.txt' };
  const record = { source, preset, options: defaultRunOptions, created: 0 };
  const run = { record, step: 1000, loss: 2.5, evaluations: dev === undefined ? [] : [{ step: 1000, dev }] };
  return {
    id,
    run,
    title: `MLP: n_hidden ${id}`,
    folder: `/${id}`,
    status: 'finished',
    owner: 'nobody',
    pinned: false,
    bytes: 1,
    changed: 0,
    ...(sweep !== undefined && { sweep }),
    ...changes,
  };
}

describe('a sweep in the list of runs', () => {
  const rows = [
    row('8', 's', undefined, { status: 'queued' }),
    row('16', 's', 2.5, { pinned: true }),
    row('32', 's', 2.25),
    row('64', 's', 2.125, { status: 'diverged' }),
    row('a', undefined, 2),
    row('b', 'alone', 2),
  ];

  it('has the runs of it that are listed, if there are several, and the best that has not diverged', () => {
    const sweeps = [...sweepsIn(rows).values()];
    deepStrictEqual(
      sweeps.map(({ id, rows, best }) => [id, rows.map(row => row.id).join(' '), best?.id]),
      [['sweep s', '8 16 32 64', '32']],
    );
    strictEqual(sweepsIn(rows.slice(0, 1).concat(row('9', 's', undefined))).get('sweep s')?.best, undefined);
  });

  it('says what is swept and which run is best, and its runs what differs, and then the loss', () => {
    const sweep = sweepsIn(rows).get('sweep s');
    deepStrictEqual(sweep && textsOfSweep(sweep), {
      label: 'Sweep: MLP on names.txt',
      description: '4 runs · best dev 2.2500 · n_hidden 32',
    });
    const [, , child] = rows;
    deepStrictEqual(child && [labelInSweep(child), descriptionOf(child, 0)], [
      'n_hidden 32',
      'dev 2.2500 · step 1,000 · just now',
    ]);
    strictEqual(labelInSweep(row('32', 's', 2, { title: 'my favorite' })), 'my favorite');
  });
});
