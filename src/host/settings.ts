import * as vscode from 'vscode';
import type { Pace, Purpose, RunOptions } from '../shared/run';
import type { Layout, Reading } from '../shared/reading';
import { readSetting, type SettingName, type SettingValue } from '../shared/settings';

/**
 * How names are read unless a person chooses otherwise.
 *
 * @throws SettingError for a setting that is none of what it can be
 */
export function configuredReading(uri: vscode.Uri, layout: Layout): Reading {
  return {
    layout,
    normalize: configured('normalize', uri),
    lower: configured('lowerCase', uri),
    unique: configured('dropRepeatedNames', uri),
  };
}

/**
 * How to carry out a new run.
 *
 * @param uri the file of the run: a folder can have settings of its own
 * @param reading how its names are read
 * @throws SettingError for a setting that is none of what it can be
 */
export function configuredOptions(purpose: Purpose, uri: vscode.Uri, reading: Reading): RunOptions {
  return {
    engine: configured('engine', uri),
    boundary: configured('boundary', uri),
    purpose,
    reading,
    sampler: configured('sampler', uri),
    maxLength: configured('maxLength', uri),
    split: { ...configured('split', uri), seed: configured('splitSeed', uri) },
  };
}

function configured<N extends SettingName>(name: N, uri?: vscode.Uri): SettingValue<N> {
  return readSetting(name, vscode.workspace.getConfiguration('makemore', uri).get<unknown>(name));
}

/** How often a run reports and is saved. @throws SettingError for a setting that is no such number */
export function configuredPace(): Pace {
  return {
    lossesPerSecond: configured('rates.losses'),
    picturesPerSecond: configured('rates.pictures'),
    checkpointSeconds: configured('checkpoints.seconds'),
    checkpointPercent: configured('checkpoints.percent'),
  };
}

/** The most bytes that a run may take. @throws SettingError for a setting that is no such number */
export function configuredMemoryLimit(): number {
  return configured('memoryLimit') * 2 ** 30;
}

/**
 * How many runs are kept before the oldest ones move to the trash.
 *
 * @throws SettingError for a setting that is no such number, so that nothing moves by mistake
 */
export function mostRuns(): number {
  return configured('runs.keep');
}

/**
 * The id of the preset that the picker offers first; undefined means the one used last.
 *
 * @throws SettingError for a setting that names no preset
 */
export function configuredPreset(): string | undefined {
  return configured('preset') || undefined;
}
