import * as vscode from 'vscode';
import { engineIds, type EngineId } from './shared/run';

/** What executes the steps of new runs. */
export function configuredEngine(): EngineId {
  const chosen = vscode.workspace.getConfiguration('makemore').get<string>('engine');
  return engineIds.find(id => id === chosen) ?? engineIds[0];
}
