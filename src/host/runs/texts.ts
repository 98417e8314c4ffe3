import { markdown } from '../text/markup';
import { lastLossOf, recentLoss, type RowStatus, type RunRow } from './row';
import type { SweepRow } from './sweeps';
import { lastLoss } from '../../shared/comparison';
import { heldOutOf } from '../../shared/held-out';
import { hyperparameterNames, shortLabel } from '../../shared/hyperparameters';
import { pathOf } from '../../shared/file-path';
import { formatBytes } from '../../shared/limits';
import { isCounting, presetById, type Preset } from '../../shared/presets';
import type { Evaluation } from '../../shared/run';
import type { RunState } from '../../shared/run-state';

/** The title that a person gave the run, else its preset and file. */
export function labelOf({ title, run }: RunRow): string {
  if (title !== undefined) return title;
  return run ? `${run.record.preset.title} on ${run.record.source.name}` : 'Unreadable run';
}

/** The label below the row of its sweep, which says the rest. */
export function labelInSweep(row: RunRow): string {
  const label = labelOf(row);
  const prefix = `${row.run?.record.preset.title}: `;
  return label.startsWith(prefix) ? label.slice(prefix.length) : label;
}

/** Of the row of a sweep, and what stands beside it. */
export function textsOfSweep({ first, rows, best }: SweepRow): { label: string; description: string } {
  const { preset, source } = first.run?.record ?? {};
  const loss = best && lossText(best.run?.evaluations ?? [], undefined, preset);
  const found = best && loss ? `best ${loss} · ${labelInSweep(best)}` : '';
  return {
    label: `Sweep: ${preset?.title} on ${source?.name}`,
    description: [first.directory, `${rows.length} runs`, found].filter(Boolean).join(' · '),
  };
}

/** The hyperparameters that differ from the preset, such as "n_embd2 64, seed 3". */
export function changedHyperparameters(preset: Preset): string {
  const own = presetById(preset.id).hyperparameters;
  return hyperparameterNames
    .filter(name => preset.hyperparameters[name] !== own[name])
    .map(name => `${shortLabel(name)} ${preset.hyperparameters[name]}`)
    .join(', ');
}

export const icons: Readonly<Record<RowStatus, string>> = {
  queued: 'watch',
  running: 'pulse',
  paused: 'debug-pause',
  interrupted: 'debug-disconnect',
  finished: 'check',
  stopped: 'debug-stop',
  diverged: 'flame',
  failed: 'error',
  damaged: 'warning',
};

const statusWords: Readonly<Record<RowStatus, string>> = {
  queued: 'queued',
  running: 'training',
  paused: 'paused',
  interrupted: 'interrupted',
  finished: 'finished',
  stopped: 'stopped',
  diverged: 'diverged',
  failed: 'failed',
  damaged: 'damaged',
};

/** Of a run that this window has: as the text beside its row. */
export function lossTextOf(run: RunState): string | undefined {
  return lossText(run.evaluations, recentLoss(run), run.preset);
}

/** @param loss the mean of the last minibatch losses, if the model has any */
function lossText(
  evaluations: readonly Evaluation[],
  loss: number | null | undefined,
  preset: Preset | undefined,
): string | undefined {
  const split = preset && heldOutOf(preset);
  const heldOut = split && lastLoss({ evaluations }, split);
  if (heldOut !== undefined) return `${split} ${heldOut.toFixed(4)}`;
  const other = loss ?? lastLoss({ evaluations }, 'train');
  return other === undefined ? undefined : `loss ${other.toFixed(4)}`;
}

/** The text beside the label, most important things first: the held-out loss if there is one, else that of the minibatches. */
export function descriptionOf(row: RunRow, now: number): string {
  const { run, status, changed, owner, title, directory } = row;
  if (!run) return 'damaged';
  const { preset } = run.record;
  const changes = title === undefined ? changedHyperparameters(preset) : ''; // the titles of a sweep already say it
  if (status === 'queued') return [directory, changes, statusWords.queued].filter(Boolean).join(' · ');
  const loss = lossText(run.evaluations, isCounting(preset) ? undefined : run.loss, preset);
  const state = status === 'finished' ? '' : statusWords[status];
  const where = owner === 'others' ? 'in another window' : '';
  const step = isCounting(preset) ? '' : `step ${run.step.toLocaleString('en-US')}`;
  return [directory, loss, state, where, changes, step, ago(now - changed)].filter(Boolean).join(' · ');
}

/** The row as a screen reader reads it. */
export function spokenLabelOf(row: RunRow, now: number): string {
  const finished = row.status === 'finished' ? 'finished' : '';
  const pinned = row.pinned ? 'pinned' : '';
  return [labelOf(row), pinned, finished, descriptionOf(row, now)].filter(Boolean).join(', ');
}

/** @param others how many other runs are to be deleted with the one that trains */
export function endQuestion(row: RunRow, others: number, step: number): string {
  const rest = others === 0 ? '' : others === 1 ? ' with the other run' : ` with the ${others} other runs`;
  return `"${labelOf(row)}" is training (step ${step.toLocaleString('en-US')}). Stop it and delete it${rest}?`;
}

/** Everything there is to know about the run, as a table in Markdown. */
export function tooltipOf(row: RunRow): string {
  const { run, status, owner, bytes, problem, folder } = row;
  if (!run) return `**${markdown(labelOf(row))}**\n\n${markdown(problem ?? '')}`;
  const { record, step, loss } = run;
  const { preset, source, options, created } = record;
  const rows: [string, string][] = [
    ['status', owner === 'others' ? `${statusWords[status]} in another window, read-only here` : statusWords[status]],
    ['file', pathOf(source.uri)],
    ['preset', `${preset.title} (${preset.id})`],
    ['step', step.toLocaleString('en-US')],
  ];
  if (loss !== null) rows.push(['minibatch loss', loss.toFixed(4)]);
  for (const split of ['train', 'dev', 'test'] as const) {
    const value = lastLossOf(row, split);
    if (value !== undefined) rows.push([`${split} loss`, value.toFixed(4)]);
  }
  const changes = changedHyperparameters(preset);
  if (changes) rows.push(['changed', changes]);
  rows.push(['engine', options.engine]);
  if (status !== 'queued')
    rows.push(
      ['begun', new Date(created).toLocaleString('en-GB')],
      ['on the disk', formatBytes(bytes)],
      ['folder', folder],
    );
  const lines = rows.map(([name, value]) => `| ${markdown(name)} | ${markdown(value)} |`);
  return [`**${markdown(labelOf(row))}**`, '', '| | |', '|---|---|', ...lines].join('\n');
}

/** For example "5 min ago"; weeks are given in days. */
export function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}
