import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { nameOf, readDocument } from '../text/names-document';
import { showInputStep, showPickStep, showWaiting, type Way } from '../text/surfaces';
import { chooseFile } from './file-question';
import { askInSteps, type Asked, type Place, type Question } from './in-steps';
import { askReading } from './layout-picker';
import { askPreset } from './preset-picker';
import type { CommandContext } from './command-context';
import type { InspectorPanel } from '../inspector/inspector';
import type { Memory } from '../memory';
import { stepTimeOf } from '../session/step-times';
import type { RunQueue } from '../session/queue';
import type { Session } from '../session/session';
import { configuredOptions } from '../settings';
import { at } from '../../shared/at';
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
  const reading = askReading(text, source.name, uri);
  const planned = askRuns(memory, source.name);
  if (!(await askInSteps([...reading.questions, ...planned.questions]))) return;
  const options = configuredOptions('train', uri, reading.answer());
  const runs = planned.answer();
  if (!isTraining(session.state)) inspector.show(); // the first of them starts at once
  const id = randomUUID();
  queue.add(runs.map(run => ({ ...run, sweep: id, text, source, options })));
  await vscode.commands.executeCommand('makemore.runs.focus'); // VS Code's own, for the view
}

/** A preset, one or two hyperparameters, and the values of each. */
function askRuns(memory: Memory, file: string): Asked<SweepRun[]> {
  const preset = askPreset(memory, { title: `Sweep a model on ${file}`, isOffered: () => true });
  let names: readonly NameItem[] = [];
  const axes: SweepAxis[] = [];
  const askNames = async (place: Place): Promise<Way> => {
    const { chosen, way } = await showPickStep(itemsOf(preset.answer()), {
      title: `Sweep ${preset.answer().title}`,
      placeHolder: 'Choose one or two hyperparameters',
      most: 2,
      before: names,
      ...place,
    });
    if (way === 'next') names = chosen;
    return way;
  };
  const valuesOf = (i: number): Question => ({
    isAsked: () => i === 0 || i < names.length,
    ask: async place => {
      const { name } = at(names, i);
      const { text, way } = await askValues(name, axes.slice(0, i), preset.answer(), memory, place);
      if (way === 'next') axes[i] = { name, values: parseValues(name, text) };
      return way;
    },
  });
  return {
    questions: [...preset.questions, { isAsked: () => true, ask: askNames }, valuesOf(0), valuesOf(1)],
    answer: () => sweepRuns(preset.answer(), axes.slice(0, names.length)),
  };
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

/** @param others what is swept besides */
async function askValues(
  name: HyperparameterName,
  others: readonly SweepAxis[],
  preset: Preset,
  memory: Memory,
  place: Place,
): Promise<{ readonly text: string; readonly way: Way }> {
  const answer = await showInputStep(
    {
      title: `Values of ${hyperparameters[name].label}`,
      prompt: 'One run for each value, such as 32, 64, 128',
      value: typedBefore(name, memory) ?? `${preset.hyperparameters[name]}, `,
      ...place,
    },
    typed => {
      try {
        const axes = [...others, { name, values: parseValues(name, typed) }];
        return { message: sweepSummary(preset, axes, stepTimeOf(preset.id, memory)), isProblem: false };
      } catch (error) {
        return { message: messageOf(error), isProblem: true };
      }
    },
  );
  await memory.update(typedKey, { ...allTyped(memory), [name]: answer.text });
  return answer;
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
