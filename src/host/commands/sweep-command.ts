import * as vscode from 'vscode';
import { documentInFront, nameOf, readDocument } from '../text/names-document';
import { showInputBox, showQuickPickOfMany, showWaiting } from '../text/surfaces';
import { pickLayout } from './layout-picker';
import { pickPreset } from './preset-picker';
import type { CommandContext } from './command-context';
import type { InspectorPanel } from '../inspector/inspector';
import type { RunQueue } from '../session/queue';
import type { Session } from '../session/session';
import { configuredOptions } from '../settings';
import { InputError, messageOf } from '../../shared/errors';
import { hyperparameterNames, hyperparameters, type HyperparameterName } from '../../shared/hyperparameters';
import type { Preset } from '../../shared/presets';
import { isTraining } from '../../shared/run-state';
import { parseValues, sweepRuns, type SweepAxis } from './sweep';

type NameItem = vscode.QuickPickItem & { readonly name: HyperparameterName };

/** What a sweep needs of its context. */
export interface SweepContext extends Pick<CommandContext, 'memory'> {
  readonly session: Pick<Session, 'state'>;
  readonly queue: Pick<RunQueue, 'add'>;
  readonly inspector: Pick<InspectorPanel, 'show'>;
}

/** Queues a run for every combination of values of one or two hyperparameters. */
export async function sweep(file: unknown, { memory, session, queue, inspector }: SweepContext): Promise<void> {
  const uri = documentInFront(file);
  if (!uri) throw new InputError('There is no file to train on: open one with one name per line.');
  const read = await showWaiting(`Reading ${nameOf(uri)}…`, readDocument(uri));
  if (!read) return;
  const { text, source } = read;
  const layout = await pickLayout(text, source.name);
  if (!layout) return;
  const options = configuredOptions('train', uri, layout);
  const preset = await pickPreset(memory, { title: `Sweep a model on ${nameOf(uri)}`, isOffered: () => true });
  const names = preset && (await pickNames(preset));
  if (!preset || !names) return;
  const axes: SweepAxis[] = [];
  for (const name of names) {
    const values = await askValues(name, preset);
    if (!values) return;
    axes.push({ name, values });
  }
  const runs = sweepRuns(preset, axes);
  if (!isTraining(session.state)) inspector.show(); // the first of them starts at once
  queue.add(runs.map(run => ({ ...run, text, source, options })));
  await vscode.commands.executeCommand('makemore.runs.focus'); // VS Code's own, for the view
}

async function pickNames(preset: Preset): Promise<HyperparameterName[] | undefined> {
  const items = hyperparameterNames
    .filter(name => Object.hasOwn(preset.hyperparameters, name))
    .map((name): NameItem => {
      const { label, help } = hyperparameters[name];
      return { name, label, description: `${preset.hyperparameters[name]}`, detail: help };
    });
  const picked = await showQuickPickOfMany(items, {
    title: `Sweep ${preset.title}`,
    placeHolder: 'Choose one or two hyperparameters',
  });
  if (!picked || picked.length === 0) return undefined;
  if (picked.length > 2) throw new InputError('Choose one or two hyperparameters: more of them make too many runs.');
  return picked.map(({ name }) => name);
}

async function askValues(name: HyperparameterName, preset: Preset): Promise<number[] | undefined> {
  const text = await showInputBox({
    title: `Values of ${hyperparameters[name].label}`,
    prompt: 'One run for each value. Type them with commas between them, such as 32, 64, 128',
    value: `${preset.hyperparameters[name]}, `,
    validateInput: typed => {
      try {
        parseValues(name, typed);
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
  });
  return text === undefined ? undefined : parseValues(name, text);
}
