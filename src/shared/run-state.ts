import type {
  BigramCounts,
  Evaluation,
  RunEvent,
  RunInfo,
  RunStatus,
  Samples,
  Source,
  WatchedTensor,
} from './protocol';
import type { Preset } from './presets';
import type { SampleRequest } from './sampling';

/** Everything a panel can draw. The extension host keeps it, the webview mirrors it, the same reducer feeds both. */
export interface RunState {
  readonly status: RunStatus;
  readonly source?: Source;
  readonly preset?: Preset;
  readonly info?: RunInfo;
  /** Updates made so far. */
  readonly step: number;
  readonly losses: LossHistory;
  readonly learningRate?: number;
  readonly microsecondsPerStep?: number;
  readonly evaluations: readonly Evaluation[];
  readonly counts?: BigramCounts;
  readonly tensors: Readonly<Record<string, WatchedTensor>>;
  /** The request that is being carried out. */
  readonly sampling?: SampleRequest;
  readonly samples?: Samples;
  readonly sampleProblem?: string;
  readonly failure?: string;
  readonly sourceChanged: boolean;
}

/** Every minibatch loss, step 0 first. `values` may be longer than `length`. */
export interface LossHistory {
  readonly values: Float32Array;
  readonly length: number;
}

const noLosses: LossHistory = { values: new Float32Array(0), length: 0 };

export const idle: RunState = {
  status: 'idle',
  step: 0,
  losses: noLosses,
  evaluations: [],
  tensors: {},
  sourceChanged: false,
};

/** The state after an event. Pure but for loss storage, which grows in place behind every earlier state's `length`. */
export function reduce(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'hydrate':
      return event.state;
    case 'starting':
      return { ...idle, status: 'starting', source: event.source, preset: event.preset };
    case 'started':
      return { ...state, info: event.info };
    case 'counts':
      return { ...state, counts: event.counts };
    case 'losses':
      return {
        ...state,
        step: event.firstStep + event.losses.length,
        losses: append(state.losses, event.firstStep, event.losses),
        learningRate: event.learningRate,
        microsecondsPerStep: event.microsecondsPerStep,
      };
    case 'evaluated':
      return { ...state, evaluations: withEvaluation(state.evaluations, event.evaluation) };
    case 'status':
      return { ...state, status: event.status, step: event.step };
    case 'tensors':
      return { ...state, tensors: event.tensors };
    case 'sampling':
      return { ...without(state, 'sampleProblem'), sampling: event.request };
    case 'sampled':
      return { ...without(state, 'sampling', 'sampleProblem'), samples: event.samples };
    case 'sampleRefused':
      return { ...without(state, 'sampling'), sampleProblem: event.reason };
    case 'failed':
      return { ...without(state, 'sampling'), status: 'failed', failure: event.reason };
    case 'sourceChanged':
      return { ...state, sourceChanged: event.changed };
    case 'reveal':
      return state;
    default:
      return event satisfies never;
  }
}

/** Whether a model is there that can be sampled. */
export function hasModel(state: RunState): boolean {
  return state.info !== undefined && state.status !== 'failed' && state.status !== 'starting';
}

export function isTraining(state: RunState): boolean {
  return state.status === 'starting' || state.status === 'running' || state.status === 'paused';
}

function append(history: LossHistory, firstStep: number, losses: Float32Array): LossHistory {
  const length = firstStep + losses.length;
  let { values } = history;
  if (length > values.length) {
    values = new Float32Array(Math.max(1024, 2 * length));
    values.set(history.values.subarray(0, history.length));
  }
  values.set(losses, firstStep);
  return { values, length };
}

/** Evaluations in the order of their steps; a second one at the same step replaces the first. */
function withEvaluation(evaluations: readonly Evaluation[], evaluation: Evaluation): readonly Evaluation[] {
  const last = evaluations.at(-1);
  return last?.step === evaluation.step
    ? [...evaluations.slice(0, -1), { ...last, ...evaluation }]
    : [...evaluations, evaluation];
}

function without<K extends 'sampling' | 'sampleProblem'>(state: RunState, ...keys: K[]): Omit<RunState, K> {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !keys.includes(key as K))) as Omit<RunState, K>;
}
