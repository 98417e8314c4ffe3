import { InputError } from '../../shared/errors';
import { hyperparameterProblem, shortLabel, type HyperparameterName } from '../../shared/hyperparameters';
import { withHyperparameters, type Preset } from '../../shared/presets';

/** More runs than this nobody waits for. */
const mostRunsOfSweep = 64;

/** A hyperparameter and the values that it is to take. */
export interface SweepAxis {
  readonly name: HyperparameterName;
  readonly values: readonly number[];
}

/** @returns the values of a list such as "32, 64, 128", each once. @throws InputError saying which of them cannot be used */
export function parseValues(name: HyperparameterName, text: string): number[] {
  const parts = text.split(',').map(part => part.trim());
  const typed = parts.filter(part => part !== '');
  if (typed.length === 0) throw new InputError('Type values with commas between them, such as 32, 64, 128.');
  for (const part of typed) {
    const value = Number(part);
    const problem = hyperparameterProblem(name, Number.isNaN(value) ? part : value);
    if (problem) throw new InputError(problem);
  }
  return [...new Set(typed.map(Number))];
}

/** One run of a sweep. */
interface SweepRun {
  readonly title: string;
  readonly preset: Preset;
}

/** Every combination, titled by what is swept. @throws InputError where there are too many */
export function sweepRuns(preset: Preset, axes: readonly SweepAxis[]): SweepRun[] {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > mostRunsOfSweep)
    throw new InputError(`These are ${count} runs, and ${mostRunsOfSweep} are the most: leave out some values.`);
  const combinations = axes.reduce<(readonly [HyperparameterName, number])[][]>(
    (begun, { name, values }) => begun.flatMap(pairs => values.map(value => [...pairs, [name, value] as const])),
    [[]],
  );
  return combinations.map(pairs => ({
    title: `${preset.title}: ${pairs.map(([name, value]) => `${shortLabel(name)} ${value}`).join(', ')}`,
    preset: withHyperparameters(preset, Object.fromEntries(pairs)),
  }));
}
