import * as vscode from 'vscode';
import { InputError } from '../shared/errors';
import { presets } from '../shared/presets';
import {
  boundaryProblem,
  defaultPace,
  defaultRunOptions,
  engineIds,
  splitProblem,
  type Pace,
  type Purpose,
  type RunOptions,
  type SplitShares,
} from '../shared/run';
import { samplerFamilies } from '../shared/sampling';

/**
 * How to carry out a new run.
 *
 * @param uri the file of the run: a folder can have settings of its own
 * @throws InputError for a boundary that is not one character, and for percentages that do not make a split
 */
export function configuredOptions(purpose: Purpose, uri: vscode.Uri): RunOptions {
  const settings = vscode.workspace.getConfiguration('makemore', uri);
  const engine = engineIds.find(id => id === settings.get('engine')) ?? defaultRunOptions.engine;
  const sampler = samplerFamilies.find(id => id === settings.get('sampler')) ?? defaultRunOptions.sampler;
  const chosen = settings.get<unknown>('boundary');
  const boundary = typeof chosen === 'string' ? chosen.normalize('NFC') : defaultRunOptions.boundary;
  const problem = boundaryProblem(boundary);
  if (problem) throw new InputError(`${problem} It is the setting makemore.boundary.`);
  return { engine, boundary, purpose, sampler, split: configuredSplit(settings) };
}

/** Three percentages such as 80/10/10, and the seed of the shuffle. */
function configuredSplit(settings: vscode.WorkspaceConfiguration): SplitShares {
  const shares = settings.get<unknown>('split');
  const [train = NaN, dev = NaN, test = NaN] = String(shares).split('/').map(Number);
  const split = { train, dev, test, seed: Number(settings.get<unknown>('splitSeed')) };
  const problem = splitProblem(split);
  if (problem) throw new InputError(`${problem} See the settings makemore.split and makemore.splitSeed.`);
  return split;
}

/** Numbers outside their range become the nearest one inside it. */
export function configuredPace(): Pace {
  const settings = vscode.workspace.getConfiguration('makemore');
  const between = (id: string, least: number, most: number, otherwise: number): number => {
    const value = settings.get<unknown>(id);
    return typeof value === 'number' ? Math.min(most, Math.max(least, value)) : otherwise;
  };
  return {
    lossesPerSecond: between('rates.losses', 1, 30, defaultPace.lossesPerSecond),
    picturesPerSecond: between('rates.pictures', 1, 10, defaultPace.picturesPerSecond),
    checkpointSeconds: between('checkpoints.seconds', 1, 10, defaultPace.checkpointSeconds),
    checkpointPercent: between('checkpoints.percent', 1, 50, defaultPace.checkpointPercent),
  };
}

/** The default of package.json, for values that are not a number. */
const defaultMostRuns = 50;

/** How many runs are kept before the oldest ones move to the trash. */
export function mostRuns(): number {
  const most = vscode.workspace.getConfiguration('makemore').get<unknown>('runs.keep');
  return typeof most === 'number' && Number.isInteger(most) && most >= 1 ? most : defaultMostRuns;
}

/** The id of the preset that the picker offers first; undefined means the one used last. */
export function configuredPreset(): string | undefined {
  const id = vscode.workspace.getConfiguration('makemore').get<unknown>('preset');
  return presets.find(preset => preset.id === id)?.id;
}
