import { InputError } from '../../shared/errors';
import { hyperparameters, shortLabel, type HyperparameterName } from '../../shared/hyperparameters';
import { refusal } from '../../shared/kinds';
import { withHyperparameters, type Preset } from '../../shared/presets';

/** Nobody waits for more runs than this. */
const mostRunsOfSweep = 64;

/** A hyperparameter and the values to try. */
export interface SweepAxis {
  readonly name: HyperparameterName;
  readonly values: readonly number[];
}

/** The distinct values in a list such as "32, 64, 128", also with spaces or semicolons between them. @throws InputError naming a value that cannot be used */
export function parseValues(name: HyperparameterName, text: string): number[] {
  const typed = text.split(/[\s,;]+/).filter(part => part !== '');
  if (typed.length === 0) throw new InputError('Type values with commas between them, such as 32, 64, 128.');
  const values = typed.map(part => {
    const value = hyperparameters[name].parse(part);
    if (value === undefined) throw new InputError(refusal(hyperparameters[name].label, hyperparameters[name], part));
    return value;
  });
  return [...new Set(values)];
}

/** One run of a sweep. */
export interface SweepRun {
  readonly title: string;
  readonly preset: Preset;
}

/** A run for every combination, titled by its values. @throws InputError if there are too many */
export function sweepRuns(preset: Preset, axes: readonly SweepAxis[]): SweepRun[] {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > mostRunsOfSweep)
    throw new InputError(`These are ${count} runs, and ${mostRunsOfSweep} are the most: leave out some values.`);
  const combinations = axes.reduce<(readonly [HyperparameterName, number])[][]>(
    (combinations, { name, values }) =>
      combinations.flatMap(pairs => values.map(value => [...pairs, [name, value] as const])),
    [[]],
  );
  return combinations.map(pairs => ({
    title: `${preset.title}: ${pairs.map(([name, value]) => `${shortLabel(name)} ${value}`).join(', ')}`,
    preset: withHyperparameters(preset, Object.fromEntries(pairs)),
  }));
}

/**
 * What a sweep comes to, such as "2 runs, about 3 min: 0.1 and 0.05".
 *
 * @param microsecondsPerStep of the preset, if it is known
 * @throws InputError if there are too many runs
 */
export function sweepSummary(preset: Preset, axes: readonly SweepAxis[], microsecondsPerStep?: number): string {
  const runs = sweepRuns(preset, axes);
  const steps = runs.reduce((sum, run) => sum + (run.preset.hyperparameters.maxSteps ?? 0), 0);
  const time = microsecondsPerStep === undefined ? '' : `, about ${duration((steps * microsecondsPerStep) / 1e6)}`;
  const values = axes.map(({ values }) => and(values.map(String))).join(' × ');
  return `${runs.length === 1 ? '1 run' : `${runs.length} runs`}${time}: ${values}`;
}

function and(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' and ');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
