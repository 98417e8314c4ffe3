import type { RunEvent } from './protocol';
import type { Evaluation } from './run';
import { idle, type LossHistory, type RunState } from './run-state';

/** The state after an event. Pure but for loss storage, which grows in place behind every earlier state's `length`. */
export function reduce(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'hydrate':
      return event.state;
    case 'starting':
      return { ...idle, status: 'starting', source: event.source, preset: event.preset, purpose: event.purpose };
    case 'started':
      return { ...state, info: event.info };
    case 'counts':
      return { ...state, counts: event.counts };
    case 'smoothingCurve':
      return { ...state, smoothingCurve: event.curve };
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
    case 'smoothed':
      return { ...state, smoothing: event.smoothing };
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

/** More points than this are no better a curve. */
const mostEvaluations = 1024;

/** Evaluations in the order of their steps; a second one at the same step replaces the first. Every other one is dropped when they are too many. */
function withEvaluation(evaluations: readonly Evaluation[], evaluation: Evaluation): readonly Evaluation[] {
  const last = evaluations.at(-1);
  if (evaluations.length >= mostEvaluations) evaluations = evaluations.filter((_, i) => i % 2 === 1);
  return last?.step === evaluation.step
    ? [...evaluations.slice(0, -1), { ...last, ...evaluation }]
    : [...evaluations, evaluation];
}

function without<K extends 'sampling' | 'sampleProblem'>(state: RunState, ...keys: K[]): Omit<RunState, K> {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !keys.includes(key as K))) as Omit<RunState, K>;
}
