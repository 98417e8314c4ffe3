import * as vscode from 'vscode';
import { InputError } from './shared/errors';
import { presets } from './shared/presets';
import { boundaryProblem, defaultBoundary, engineIds, type Purpose, type RunOptions } from './shared/run';

/**
 * How new runs are carried out.
 *
 * @param uri the file of the run: folders may have settings of their own
 * @throws InputError for a boundary that is no character
 */
export function configuredOptions(purpose: Purpose, uri: vscode.Uri): RunOptions {
  const settings = vscode.workspace.getConfiguration('makemore', uri);
  const engine = engineIds.find(id => id === settings.get('engine')) ?? engineIds[0];
  const chosen = settings.get<unknown>('boundary');
  const boundary = typeof chosen === 'string' ? chosen.normalize('NFC') : defaultBoundary;
  const problem = boundaryProblem(boundary);
  if (problem) throw new InputError(`${problem} It is the setting makemore.boundary.`);
  return { engine, boundary, purpose };
}

/** As package.json has it, for what is no number. */
const defaultMostRuns = 50;

/** So many runs are kept before the oldest are moved to the trash. */
export function mostRuns(): number {
  const most = vscode.workspace.getConfiguration('makemore').get<unknown>('runs.keep');
  return typeof most === 'number' && Number.isInteger(most) && most >= 1 ? most : defaultMostRuns;
}

/** The id of the preset that the picker offers first; undefined for the one used last. */
export function configuredPreset(): string | undefined {
  const id = vscode.workspace.getConfiguration('makemore').get<unknown>('preset');
  return presets.find(preset => preset.id === id)?.id;
}
