import fc from 'fast-check';
import { deepStrictEqual, doesNotMatch, match, strictEqual } from 'node:assert/strict';
import { hostileText } from '../../../markup';
import { calledBeside, rowOf, rowsOf, sortedRows, withDistinctFiles, type RunRow } from '../../../../src/host/runs/row';
import {
  ago,
  changedHyperparameters,
  descriptionOf,
  labelOf,
  spokenLabelOf,
  tooltipOf,
} from '../../../../src/host/runs/texts';
import { presetById, withHyperparameters } from '../../../../src/shared/presets';
import { defaultRunOptions, type RunInfo } from '../../../../src/shared/run';
import { idle, type RunState } from '../../../../src/shared/run-state';
import type { RunEntry } from '../../../../src/store/run-entry';

const wide = withHyperparameters(presetById('mlp-part2'), { nHidden: 64, seed: 3 });

function entry(changes: Partial<RunEntry> = {}): RunEntry {
  const source = { name: 'names.txt', uri: 'file:///names.txt' };
  const options = defaultRunOptions;
  return {
    id: 'a',
    folder: '/runs/a',
    owner: 'nobody',
    details: { pinned: false },
    bytes: 2048,
    changed: 1000,
    record: { id: 'a', source, preset: wide, options, names: 'hash', created: 500 },
    summary: { id: 'a', step: 1234, status: 'running', flavor: 'compiled', loss: 2.25, evaluations: [] },
    ...changes,
  };
}

describe('the rows of the list of runs', () => {
  it('have the status of the checkpoint, but interrupted for a run that nobody owns any more', () => {
    const status = (owner: RunEntry['owner'], last: RunEntry['summary']['status']): string =>
      rowOf(entry({ owner, summary: { ...entry().summary, status: last } }), idle).status;
    deepStrictEqual(
      [status('nobody', 'running'), status('nobody', 'paused'), status('others', 'running')],
      ['interrupted', 'interrupted', 'running'],
    );
    deepStrictEqual([status('nobody', 'finished'), status('nobody', 'stopped')], ['finished', 'stopped']);
    strictEqual(rowOf({ ...entry(), problem: 'no' }, idle).status, 'damaged');
  });

  it('show the present run as it is now, and the others as they are on the disk', () => {
    const losses = { values: Float32Array.of(4, 2, 99), length: 2 };
    const present: RunState = { ...idle, id: 'a', status: 'paused', step: 2000, losses };
    const row = rowOf(entry({ owner: 'us' }), present);
    deepStrictEqual([row.status, row.run?.step, row.run?.loss], ['paused', 2000, 3]);
    strictEqual(rowOf(entry({ owner: 'us' }), { ...present, id: 'b' }).run?.step, 1234);
    strictEqual(rowOf(entry({ owner: 'nobody' }), { ...present, restored: true }).status, 'interrupted');
  });

  it('tell what the header calls a file: from the folder on where a run has another one of its name', () => {
    const source = (uri: string): { name: string; uri: string } => ({ name: 'names.txt', uri });
    const rows = ['file:///a/girls/names.txt', 'file:///a/girls/other.txt'].map(uri =>
      rowOf(entry({ record: { ...entry().record, source: source(uri) } }), idle),
    );
    strictEqual(calledBeside(rows, source('file:///a/boys/names.txt')), 'boys/names.txt');
    strictEqual(calledBeside(rows.slice(0, 1), source('file:///a/girls/names.txt')), undefined);
    strictEqual(calledBeside([], source('file:///a/boys/names.txt')), undefined);
    strictEqual(calledBeside(rows, { name: 'Untitled-1', uri: 'untitled:Untitled-1' }), undefined);
    strictEqual(calledBeside(rows, source('makemore:/names.txt')), undefined, 'the sample names are in no folder');
  });

  it('name the folder of a file where another file has the same name, and its path in the tooltip', () => {
    const of = (uri: string): RunRow => {
      const source = { name: 'names.txt', uri };
      return rowOf(entry({ record: { ...entry().record, source } }), idle);
    };
    const texts = (...uris: string[]): string[] =>
      withDistinctFiles(uris.map(of)).map(row => `${labelOf(row)} | ${descriptionOf(row, 0).split(' · ')[0]}`);
    deepStrictEqual(texts('file:///a/girls/names.txt', 'file:///a/boys/names.txt'), [
      'MLP on names.txt | girls',
      'MLP on names.txt | boys',
    ]);
    const [alone = ''] = texts('file:///a/names.txt', 'file:///a/names.txt');
    match(alone, /^MLP on names\.txt \| (?:dev|loss) /);
    match(tooltipOf(of('file:///a/girls/names.txt')), /\| file \| \\\/a\\\/girls\\\/names\\.txt \|/);
  });

  it('are sorted by time or by dev loss, pinned ones first, those without a dev loss last', () => {
    const row = (id: string, created: number, dev: number | undefined, pinned = false): RunRow => {
      const { record, summary } = entry();
      const evaluations = dev === undefined ? [] : [{ step: 1, dev }];
      const changes = { record: { ...record, created }, summary: { ...summary, evaluations } };
      return rowOf(entry({ id, ...changes, details: { pinned } }), idle);
    };
    const rows = [row('a', 1, 2.1), row('b', 3, undefined), row('c', 2, 2.0), row('d', 0, 2.5, true)];
    const ids = (order: 'time' | 'dev'): string =>
      sortedRows(rows, order)
        .map(({ id }) => id)
        .join('');
    deepStrictEqual([ids('time'), ids('dev')], ['dbca', 'dcab']);
  });

  it('come last by dev loss where it is not a number, or where the run diverged after it', () => {
    const row = (id: string, dev: number, status: RunEntry['summary']['status'] = 'finished'): RunRow =>
      rowOf(entry({ id, summary: { ...entry().summary, status, evaluations: [{ step: 1, dev }] } }), idle);
    const rows = [row('a', 2.5), row('b', NaN), row('c', 2.1), row('d', 1.9, 'diverged')];
    deepStrictEqual(
      sortedRows(rows, 'dev').map(({ id }) => id),
      ['c', 'a', 'b', 'd'],
    );
    match(descriptionOf(row('d', 1.9, 'diverged'), 0), /· diverged ·/);
  });

  it('have the preset and the file as their label, or the title that a person has given', () => {
    strictEqual(labelOf(rowOf(entry(), idle)), 'MLP on names.txt');
    strictEqual(labelOf(rowOf(entry({ details: { pinned: false, title: 'wider' } }), idle)), 'wider');
  });

  it("name the hyperparameters that are not the preset's own", () => {
    strictEqual(changedHyperparameters(wide), 'n_hidden 64, seed 3');
    strictEqual(changedHyperparameters(presetById('mlp-part2')), '');
  });

  it('are described by the dev loss, or by the minibatch losses if there is none', () => {
    const now = 1000 + 5 * 60_000;
    strictEqual(
      descriptionOf(rowOf(entry(), idle), now),
      'loss 2.2500 · interrupted · n_hidden 64, seed 3 · step 1,234 · 5 min ago',
    );
    const evaluated = entry({
      summary: { ...entry().summary, status: 'finished', evaluations: [{ step: 1, dev: 2.1 }] },
    });
    const row = rowOf(evaluated, idle);
    strictEqual(descriptionOf(row, now), 'dev 2.1000 · n_hidden 64, seed 3 · step 1,234 · 5 min ago');
    strictEqual(
      spokenLabelOf({ ...row, title: 'wide', pinned: true }, now),
      'wide, pinned, finished, dev 2.1000 · step 1,234 · 5 min ago',
    );
    match(descriptionOf(rowOf(entry({ owner: 'others' }), idle), now), /training · in another window/);
  });

  it('have the status of the session, but stay interrupted while a run is only looked at', () => {
    const status = (changes: Partial<RunState>): string =>
      rowOf(entry({ owner: 'us' }), { ...idle, id: 'a', step: 2000, ...changes }).status;
    strictEqual(status({ status: 'paused' }), 'paused');
    strictEqual(status({ status: 'paused', opened: true }), 'interrupted');
    strictEqual(rowOf(entry(), { ...idle, id: 'a', status: 'failed' }).status, 'failed');
  });

  it('are what the session says for a run of this window, even where the disk can tell nothing', () => {
    const status = (now: RunState['status'], owner: RunEntry['owner'], changes: Partial<RunState> = {}): string =>
      rowOf(entry({ owner }), { ...idle, id: 'a', step: 2000, status: now, ...changes }).status;
    deepStrictEqual([status('running', 'nobody'), status('stopped', 'us')], ['running', 'stopped']); // the disk is full
    strictEqual(status('stopped', 'nobody', { takenOver: true }), 'interrupted');
    strictEqual(status('stopped', 'others'), 'running');
  });

  it('include the run of this window where nothing of it is on the disk', () => {
    const info = { engine: 'compiled' } as RunInfo; // the rest of it is not looked at
    const state: RunState = {
      ...idle,
      id: 'b',
      status: 'running',
      step: 7,
      preset: wide,
      info,
      source: entry().record.source,
    };
    deepStrictEqual(
      rowsOf([entry()], state, 1000).map(({ id, status, run }) => [id, status, run?.step]),
      [
        ['a', 'interrupted', 1234],
        ['b', 'running', 7],
      ],
    );
    strictEqual(rowsOf([entry({ id: 'b' })], state, 1000).length, 1);
    strictEqual(rowsOf([], { ...state, takenOver: true }, 1000).length, 0);
  });

  it('say how long ago something was in the largest whole unit', () => {
    const minute = 60_000;
    deepStrictEqual([0, minute, 59 * minute, 60 * minute, 25 * 60 * minute].map(ago), [
      'just now',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '1 d ago',
    ]);
  });

  it('have a tooltip that shows file names as text, never as Markdown', () => {
    const { record } = entry();
    const source = { name: '[x](command:evil)|`<b>', uri: 'file:///x' };
    const tooltip = tooltipOf(rowOf(entry({ record: { ...record, source } }), idle));
    doesNotMatch(tooltip, /(?<!\\)\[x\]|(?<!\\)<b|(?<!\\)`/);
    match(tooltip, /\| changed \| n\\_hidden 64\\, seed 3 \|/);
    match(tooltip, /\| on the disk \| 2\\\.0 KB \|/);
  });

  it('have a tooltip with as many marks of Markdown as any other, whatever the file, the title and the folder are', () => {
    const marks = (tooltip: string): string =>
      tooltip.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/[^!-/:-@[-`{-~\n]/g, '');
    const { record } = entry();
    const tooltip = (name: string, title: string, folder: string): string =>
      tooltipOf(
        rowOf(
          entry({ record: { ...record, source: { name, uri: '' } }, details: { pinned: false, title }, folder }),
          idle,
        ),
      );
    const usual = marks(tooltip('names', 'wider', 'runs'));
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (name, title, folder) =>
        strictEqual(marks(tooltip(name, title, folder)), usual),
      ),
    );
  });
});
