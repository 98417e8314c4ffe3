/** Several runs side by side: what differs, which is best, and whether their losses compare. */
import { hyperparameterNames, type HyperparameterName } from './hyperparameters';
import { heldOutOf } from './held-out';
import type { Preset } from './presets';
import type { Evaluation, RunOptions, SplitShares } from './run';

export interface ComparedRun {
  readonly id: string;
  readonly title: string;
  /** The file's name. */
  readonly file: string;
  /** What it learned, as `learnedNames` tells it. */
  readonly names: string;
  readonly preset: Preset;
  readonly split: SplitShares;
  readonly step: number;
  /** One for every step. */
  readonly losses: Float32Array;
  readonly evaluations: readonly Evaluation[];
  /** Whether a loss was not a number later on. */
  readonly diverged?: boolean;
}

/** Equal for runs that learned the same names, which depend on how a file is read. @param hash of the file's text */
export function learnedNames(hash: string, { reading, maxLength }: Pick<RunOptions, 'reading' | 'maxLength'>): string {
  return JSON.stringify([hash, reading, maxLength]);
}

/** Nobody can tell more lines apart. */
export const mostCompared = 12;

/** Hyperparameters that are not the same in all runs, or that some of them lack. */
export function differingHyperparameters(runs: readonly ComparedRun[]): HyperparameterName[] {
  return hyperparameterNames.filter(name => new Set(runs.map(({ preset }) => preset.hyperparameters[name])).size > 1);
}

/**
 * The loss of a split at the last evaluation of it. NaN if that was not a number, which a file tells as null; undefined if
 * there was none, or if the preset has no such split, which is null from the first on.
 */
export function lastLoss(
  { evaluations }: Pick<ComparedRun, 'evaluations'>,
  split: 'train' | 'dev' | 'test',
): number | undefined {
  const losses = evaluations.map(evaluation => evaluation[split]).filter(loss => loss !== undefined);
  return losses.at(-1) ?? (losses.some(loss => loss !== null) ? NaN : undefined);
}

interface Evaluated {
  readonly run: ComparedRun;
  readonly loss: number;
}

/** The loss on the names by which a run is judged. */
export function lastHeldOutLoss(run: Pick<ComparedRun, 'evaluations' | 'preset'>): number | undefined {
  const split = heldOutOf(run.preset);
  return split && lastLoss(run, split);
}

/**
 * The run with the least loss on its held-out names, the first of equals; undefined if there is none, or if the runs did
 * not learn the same names. A run that diverged has no model of that loss any more.
 */
export function bestRun(runs: readonly ComparedRun[]): ComparedRun | undefined {
  if (learnedDifferentNames(runs)) return undefined;
  const evaluated = runs.flatMap(run => {
    const loss = lastHeldOutLoss(run);
    return loss === undefined || !Number.isFinite(loss) || run.diverged ? [] : { run, loss };
  });
  return evaluated.reduce<Evaluated | undefined>((a, b) => (a && a.loss <= b.loss ? a : b), undefined)?.run;
}

/**
 * What to know before the losses are compared, as sentences; empty if there is nothing. Every loss is the mean of -log p
 * over the characters and the ends of names, whatever the model reads: one measure.
 */
export function comparability(runs: readonly ComparedRun[]): string {
  if (learnedDifferentNames(runs)) return 'The runs learned different names, so their losses are not comparable.';
  const sentences: string[] = [];
  const judged = runs.filter(({ preset }) => heldOutOf(preset) !== undefined);
  if (judged.length > 0 && judged.length < runs.length)
    sentences.push('Runs without a held-out loss learned all of the names: theirs is a train loss.');
  if (new Set(judged.map(splitOf)).size > 1)
    sentences.push('The measure is the same, but other names are held out: differences below about 0.01 say nothing.');
  if (runs.some(hasPenalty) && !runs.every(hasPenalty))
    sentences.push('The curve of a run with regularization includes its penalty; its train loss does not.');
  return sentences.join(' ');
}

function learnedDifferentNames(runs: readonly ComparedRun[]): boolean {
  return new Set(runs.map(({ names, preset }) => `${names} ${preset.names ?? ''}`)).size > 1;
}

function splitOf({ preset, split }: ComparedRun): string {
  // makemore.py draws its test names with the seed of the run
  return preset.split === 'lecture' ? `${split.train} ${split.dev} ${split.seed}` : `${preset.hyperparameters.seed}`;
}

function hasPenalty({ preset }: ComparedRun): boolean {
  return (preset.hyperparameters.regularization ?? 0) > 0;
}
