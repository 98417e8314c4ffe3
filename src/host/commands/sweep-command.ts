import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { nameOf, readDocument } from '../text/names-document';
import { showInputStep, showPickStep, showWaiting } from '../text/surfaces';
import { chooseFile } from './file-question';
import { pickReading } from './layout-picker';
import { pickPreset } from './preset-picker';
import type { CommandContext } from './command-context';
import type { InspectorPanel } from '../inspector/inspector';
import type { Memory } from '../memory';
import { stepTimeOf } from '../session/step-times';
import type { RunQueue } from '../session/queue';
import type { Session } from '../session/session';
import { configuredOptions } from '../settings';
import { messageOf } from '../../shared/errors';
import { isFields } from '../../shared/fields';
import { hyperparameterNames, hyperparameters, type HyperparameterName } from '../../shared/hyperparameters';
import type { Preset } from '../../shared/presets';
import { isTraining } from '../../shared/run-state';
import { parseValues, sweepRuns, sweepSummary, type SweepAxis, type SweepRun } from './sweep';

const typedKey = 'sweepTyped';

type NameItem = vscode.QuickPickItem & { readonly name: HyperparameterName };

/** What a sweep needs of its context. */
export interface SweepContext extends Pick<CommandContext, 'memory'> {
  readonly session: Pick<Session, 'state'>;
  readonly queue: Pick<RunQueue, 'add'>;
  readonly inspector: Pick<InspectorPanel, 'show'>;
}

/** Queues a run for every combination of values of one or two hyperparameters. */
export async function sweep(file: unknown, { memory, session, queue, inspector }: SweepContext): Promise<void> {
  const uri = await chooseFile(file);
  if (!uri) return;
  const read = await showWaiting(`Reading ${nameOf(uri)}…`, readDocument(uri));
  if (!read) return;
  const { text, source } = read;
  const reading = await pickReading(text, source.name, uri);
  if (!reading) return;
  const options = configuredOptions('train', uri, reading);
  const runs = await planRuns(memory, source.name);
  if (!runs) return;
  if (!isTraining(session.state)) inspector.show(); // the first of them starts at once
  const id = randomUUID();
  queue.add(runs.map(run => ({ ...run, sweep: id, text, source, options })));
  await vscode.commands.executeCommand('makemore.runs.focus'); // VS Code's own, for the view
}

/** Asks in three or four steps, of which each leads back. @returns undefined if the person goes away */
async function planRuns(memory: Memory, file: string): Promise<SweepRun[] | undefined> {
  for (;;) {
    const preset = await pickPreset(memory, { title: `Sweep a model on ${file} (1/3)`, isOffered: () => true });
    const axes = preset && (await pickAxes(preset, memory));
    if (!axes || axes === 'away') return undefined;
    if (axes !== 'back') return sweepRuns(preset, axes);
  }
}

async function pickAxes(preset: Preset, memory: Memory): Promise<SweepAxis[] | 'back' | 'away'> {
  for (let before: readonly NameItem[] = []; ;) {
    const { chosen, way } = await showPickStep(itemsOf(preset), {
      title: `Sweep ${preset.title}`,
      placeHolder: 'Choose one or two hyperparameters',
      most: 2,
      before,
      step: 2,
      steps: 3,
    });
    if (way !== 'next') return way;
    before = chosen;
    const axes = await askAxes(
      chosen.map(({ name }) => name),
      preset,
      memory,
    );
    if (axes !== 'back') return axes;
  }
}

/** The one that is swept the most comes first. */
function itemsOf(preset: Preset): NameItem[] {
  const names = hyperparameterNames.filter(name => Object.hasOwn(preset.hyperparameters, name));
  const first: HyperparameterName = 'learningRate';
  return names
    .toSorted((a, b) => Number(b === first) - Number(a === first))
    .map(name => {
      const { label, help } = hyperparameters[name];
      return { name, label, description: `${preset.hyperparameters[name]}`, detail: help };
    });
}

async function askAxes(
  names: readonly HyperparameterName[],
  preset: Preset,
  memory: Memory,
): Promise<SweepAxis[] | 'back' | 'away'> {
  const axes: SweepAxis[] = [];
  for (let name = names.at(0); name !== undefined; name = names.at(axes.length)) {
    const asked = name;
    const withTyped = (text: string): SweepAxis[] => [...axes, { name: asked, values: parseValues(asked, text) }];
    const { text, way } = await showInputStep(
      {
        title: `Values of ${hyperparameters[asked].label}`,
        prompt: 'One run for each value, such as 32, 64, 128',
        value: typedBefore(asked, memory) ?? `${preset.hyperparameters[asked]}, `,
        step: 3 + axes.length,
        steps: 2 + names.length,
      },
      typed => {
        try {
          const message = sweepSummary(preset, withTyped(typed), stepTimeOf(preset.id, memory));
          return { message, isProblem: false };
        } catch (error) {
          return { message: messageOf(error), isProblem: true };
        }
      },
    );
    await memory.update(typedKey, { ...allTyped(memory), [asked]: text });
    if (way === 'away' || (way === 'back' && axes.length === 0)) return way;
    if (way === 'back') axes.pop();
    else axes.splice(0, axes.length, ...withTyped(text));
  }
  return axes;
}

/** What was typed stays for the next try, by the name of the hyperparameter. */
function typedBefore(name: HyperparameterName, memory: Memory): string | undefined {
  const typed = allTyped(memory)[name];
  return typeof typed === 'string' ? typed : undefined;
}

function allTyped(memory: Memory): Readonly<Record<string, unknown>> {
  const typed = memory.get(typedKey);
  return isFields(typed) ? typed : {};
}
