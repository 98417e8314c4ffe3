import { heldOutLosses, heldOutOf } from '../src/shared/held-out';
import { hyperparameterProblem, type Hyperparameters } from '../src/shared/hyperparameters';
import { isCounting, nextPreset, type Preset } from '../src/shared/presets';
import type { InspectorCommand } from '../src/shared/protocol';
import type { Evaluation } from '../src/shared/run';
import { hasModel, type RunState } from '../src/shared/run-state';

/** Something to do after a run, on a button. */
export interface NextStep {
  readonly label: string;
  /** What it does, in a sentence without an end. */
  readonly title: string;
  readonly command: InspectorCommand;
}

/** A loss that fell by less, in nats per character, over the last fifth of the steps has come to rest. */
const atRest = 0.01;
const lastPart = 0.2;

/** What there is to do once a run has finished, at most three; nothing after an experiment, or where something is wrong. */
export function nextSteps(state: RunState): readonly NextStep[] {
  const { status, preset, purpose, lookedAt, takenOver } = state;
  if (status !== 'finished' || purpose !== 'train' || !preset || !hasModel(state) || lookedAt || takenOver) return [];
  const next = nextPreset(preset.id);
  return [
    ...(next ? [tryNext(next)] : []),
    ...(isCounting(preset) ? [] : [longer(state, preset) ?? findRate]),
    ...(state.id === undefined || state.compared.length > 0 ? [] : [compare]),
  ];
}

function tryNext({ id, title, detail }: Preset): NextStep {
  return { label: `Try ${title}`, title: detail, command: { type: 'tryPreset', preset: id } };
}

const findRate: NextStep = {
  label: 'Find the Learning Rate',
  title: 'Raises the learning rate step by step and shows where the loss falls',
  command: { type: 'findLearningRate' },
};

const compare: NextStep = {
  label: 'Compare Runs…',
  title: 'Shows the losses of several runs in one chart',
  command: { type: 'compareRuns' },
};

/** Where the loss still fell at the end. The learning rate drops later, too. */
function longer({ evaluations, step }: RunState, preset: Preset): NextStep | undefined {
  const { hyperparameters: h } = preset;
  if (h.maxSteps === undefined || !stillFalls(lossesOf(evaluations, preset), step)) return undefined;
  const hyperparameters: Hyperparameters = {
    maxSteps: 2 * h.maxSteps,
    ...(h.decayFrom && { decayFrom: 2 * h.decayFrom }),
  };
  if (hyperparameterProblem('maxSteps', hyperparameters.maxSteps) !== undefined) return undefined;
  return {
    label: 'Train Twice as Long',
    title: `Starts again with ${(2 * h.maxSteps).toLocaleString('en-US')} steps: the loss was still falling`,
    command: { type: 'restart', hyperparameters },
  };
}

interface LossAt {
  readonly step: number;
  readonly loss: number;
}

/** On held-out names, or on those of train where none are held out. */
function lossesOf(evaluations: readonly Evaluation[], preset: Preset): readonly LossAt[] {
  if (heldOutOf(preset)) return heldOutLosses(evaluations, preset);
  return evaluations.flatMap(({ step, train }) => (typeof train === 'number' ? [{ step, loss: train }] : []));
}

function stillFalls(losses: readonly LossAt[], step: number): boolean {
  const last = losses.at(-1);
  const before = losses.findLast(loss => loss.step <= (1 - lastPart) * step);
  return last !== undefined && before !== undefined && before.loss - last.loss > atRest;
}
