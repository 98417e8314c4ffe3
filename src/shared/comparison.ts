/** Several runs side by side: what differs, which is best, and whether their losses can be held against each other. */
import { hyperparameterNames, type HyperparameterName } from './hyperparameters';
import type { ModelId, Preset } from './presets';
import type { Evaluation, SplitShares } from './run';

export interface ComparedRun {
  readonly id: string;
  readonly title: string;
  /** The file's name, and what its text hashes to. */
  readonly file: string;
  readonly names: string;
  readonly preset: Preset;
  readonly split: SplitShares;
  readonly step: number;
  /** Of every step. */
  readonly losses: Float32Array;
  readonly evaluations: readonly Evaluation[];
}

/** More lines than this nobody can tell apart. */
export const mostCompared = 12;

type LossFamily = 'contexts' | 'trigrams' | 'sequences';

/** makemore.py sees whole names, trigrams what follows two characters, the others contexts of one length. */
export function lossFamily(model: ModelId): LossFamily {
  if (model === 'trigram' || model === 'trigram-net') return 'trigrams';
  return ['makemore-bigram', 'makemore-mlp', 'rnn', 'gru', 'bow', 'transformer'].includes(model)
    ? 'sequences'
    : 'contexts';
}

const familyNames: Readonly<Record<LossFamily, string>> = {
  contexts: 'contexts (parts 1 to 5)',
  trigrams: 'trigrams',
  sequences: 'whole names (makemore.py)',
};

/** Hyperparameters that are not the same in all runs, or that only some of them have. */
export function differingHyperparameters(runs: readonly ComparedRun[]): HyperparameterName[] {
  return hyperparameterNames.filter(name => new Set(runs.map(({ preset }) => preset.hyperparameters[name])).size > 1);
}

/** The last evaluation that has a loss of the split. */
export function lastLoss(
  { evaluations }: Pick<ComparedRun, 'evaluations'>,
  split: 'train' | 'dev' | 'test',
): number | undefined {
  const last = evaluations.findLast(evaluation => typeof evaluation[split] === 'number')?.[split];
  return last ?? undefined;
}

/** The run with the least dev loss; undefined where there is none, or where the losses are not comparable. */
export function bestOnDev(runs: readonly ComparedRun[]): ComparedRun | undefined {
  if (comparabilityProblem(runs) !== undefined) return undefined;
  const evaluated = runs.filter(run => lastLoss(run, 'dev') !== undefined);
  const loss = (run: ComparedRun): number => lastLoss(run, 'dev')!; // those that have one
  return evaluated.reduce<ComparedRun | undefined>((a, b) => (a && loss(a) <= loss(b) ? a : b), undefined);
}

/** Why the losses cannot be held against each other, as a sentence; undefined where they can. */
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
