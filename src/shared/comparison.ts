/** Several runs side by side: what differs, which is best, and whether their losses compare. */
import { hyperparameterNames, type HyperparameterName } from './hyperparameters';
import { models, type ModelId, type Reads } from './models';
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

type LossFamily = 'contexts' | 'trigrams' | 'names';

const familyOf: Readonly<Record<Reads, LossFamily>> = {
  bigrams: 'contexts',
  trigrams: 'trigrams',
  contexts: 'contexts',
  names: 'names',
};

/** Losses compare within a family only: they are means over the same kind of predictions. */
export function lossFamily(model: ModelId): LossFamily {
  return familyOf[models[model].reads];
}

const familyNames: Readonly<Record<LossFamily, string>> = {
  contexts: 'contexts (parts 1 to 5)',
  trigrams: 'trigrams',
  names: 'whole names (makemore.py)',
};

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

/**
 * The run with the least dev loss, the first of equals; undefined if there is none, or if the losses do not compare. A run
 * that diverged has no model of that loss any more.
 */
export function bestOnDev(runs: readonly ComparedRun[]): ComparedRun | undefined {
  if (comparabilityProblem(runs) !== undefined) return undefined;
  const evaluated = runs.flatMap(run => {
    const loss = lastLoss(run, 'dev');
    return loss === undefined || !Number.isFinite(loss) || run.diverged ? [] : { run, loss };
  });
  return evaluated.reduce<Evaluated | undefined>((a, b) => (a && a.loss <= b.loss ? a : b), undefined)?.run;
}

/** Why the losses do not compare, as a sentence; undefined if they do. */
export function comparabilityProblem(runs: readonly ComparedRun[]): string | undefined {
  const families = [...new Set(runs.map(({ preset }) => lossFamily(preset.model)))];
  if (families.length > 1)
    return `These losses are not comparable: they are means over ${families.map(family => familyNames[family]).join(', over ')}.`;
  if (new Set(runs.map(({ names }) => names)).size > 1)
    return 'These losses are not comparable: the runs learned different names.';
  if (new Set(runs.map(splitOf)).size > 1)
    return 'These losses are not comparable: the runs split their names in different ways.';
  return undefined;
}

function splitOf({ preset, split }: ComparedRun): string {
  const shares = preset.split === 'lecture' ? `${split.train} ${split.dev} ${split.seed}` : '';
  return `${preset.split} ${preset.names ?? ''} ${shares}`;
}
