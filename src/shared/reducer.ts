import { withSmoothing } from './presets';
import type { RunEvent } from './protocol';
import type { Evaluation } from './run';
import type { Inspection, SamplesAlong } from './inspection';
import { hasModel, idle, isTraining, type LossHistory, type RunState } from './run-state';

/** The state after an event. Pure, except that losses are appended in place, beyond the `length` of every earlier state. */
export function reduce(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'hydrate':
      return event.state;
    case 'starting': {
      const { source, preset, purpose, id, opened } = event;
      const { layerHistory, updateHistory, samplesAlong } = state;
      const isStranger = opened && !state.compared.some(run => run.id === id);
      const compared = isStranger ? [] : state.compared;
      const kept = { ...(id !== undefined && { id }), ...(opened && { opened }) };
      // What was seen of a run that is resumed, which its checkpoint does not contain.
      const seen = id !== undefined && id === state.id && { layerHistory, updateHistory, samplesAlong };
      return { ...idle, status: 'starting', compared, source, preset, purpose, ...kept, ...seen };
    }
    case 'preparing':
      return { ...state, preparation: event.preparation };
    case 'started':
      return { ...without(state, 'preparation'), info: event.info };
    case 'counts':
      return { ...state, counts: event.counts };
    case 'trigrams':
      return { ...state, trigrams: event.slice };
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
    case 'stopping':
      return hasModel(state) && isTraining(state) ? { ...state, stopping: true } : state;
    case 'status':
      return {
        ...upTo(
          event.step,
          event.status === 'running'
            ? without(state, 'opened', 'stopping', 'divergence')
            : event.status === 'stopped'
              ? without(state, 'opened', 'stopping')
              : state,
        ),
        status: event.status,
        step: event.step,
      };
    case 'diverged':
      return { ...state, divergence: event.divergence };
    case 'inspected':
      return withInspection(state, event.inspection);
    case 'described':
      return { ...state, data: event.data };
    case 'sampledAlong':
      return { ...state, samplesAlong: withSamples(state.samplesAlong, event.samples) };
    case 'sampledNow':
      return { ...state, newest: event.names };
    case 'findingDeadNeurons':
      return { ...state, findingDeadNeurons: event.finding };
    case 'foundDeadNeurons':
      return { ...state, findingDeadNeurons: false, leastActivations: event.activations };
    case 'smoothed': {
      const { smoothing } = event;
      return { ...state, smoothing, ...(state.preset && { preset: withSmoothing(state.preset, smoothing) }) };
    }
    case 'sampling':
      return { ...without(state, 'sampleProblem'), sampling: event.request };
    case 'sampled':
      return { ...without(state, 'sampling', 'sampleProblem'), samples: event.samples };
    case 'sampleRefused':
      return { ...without(state, 'sampling'), sampleProblem: event.reason };
    case 'kept':
      return event.problem === undefined
        ? { ...without(state, 'keepProblem', 'keepIsDue'), keptStep: event.step }
        : { ...without(state, 'keepIsDue'), keepProblem: event.problem, ...(event.isDue && { keepIsDue: true }) };
    case 'takenOver':
      return { ...without(state, 'keepIsDue'), takenOver: true, keepProblem: takenOverAt(event.step) };
    case 'keptAs':
      return { ...without(state, 'keepProblem', 'takenOver'), id: event.id, keptStep: event.step };
    case 'failed':
      return {
        ...without(state, 'preparation', 'sampling', 'opened', 'stopping'),
        status: 'failed',
        failure: event.reason,
      };
    case 'compared':
      return { ...state, compared: event.runs };
    case 'sourceChanged':
      return {
        ...without(state, 'sourceGone'),
        sourceChanged: event.changed,
        ...(event.gone && { sourceGone: event.gone }),
      };
    case 'moved':
      return { ...without(state, 'called'), source: event.source };
    case 'called':
      return event.name === undefined ? without(state, 'called') : { ...state, called: event.name };
    case 'places':
      return event.places ? { ...state, places: event.places } : without(state, 'places');
    case 'arrange':
    case 'reveal':
    case 'takePicture':
      return state;
    default:
      return event satisfies never;
  }
}

function takenOverAt(step: number): string {
  return `Another window has taken this run over while this one slept: it has stopped here at step ${step.toLocaleString('en-US')}, and what it learned here is kept nowhere.`;
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

/** More points do not make a better curve. */
const mostPoints = 1024;
/** Densities of more steps cannot be told apart. */
const mostLayerLooks = 48;

/** Adds a value in the order of steps, in place of one at the same step. When there are too many, every other one is dropped. */
function withStep<T extends { readonly step: number }>(history: readonly T[], next: T, most: number): readonly T[] {
  if (history.at(-1)?.step === next.step) return [...history.slice(0, -1), next];
  const kept = history.length >= most ? history.filter((_, i) => i % 2 === 1) : history;
  return [...kept, next];
}

/** Adds an evaluation, and keeps as many as a curve needs, however long the run. */
export function withEvaluation(evaluations: readonly Evaluation[], evaluation: Evaluation): readonly Evaluation[] {
  const last = evaluations.at(-1);
  return withStep(evaluations, last?.step === evaluation.step ? { ...last, ...evaluation } : evaluation, mostPoints);
}

/** Drops what was seen after the checkpoint from which a run is resumed, since it comes again. */
function upTo<T extends RunState>(step: number, state: T): T {
  const { layerHistory, updateHistory, samplesAlong } = state;
  const isAhead = [layerHistory, updateHistory, samplesAlong].some(history => (history.at(-1)?.step ?? 0) > step);
  if (!isAhead) return state;
  const isSeen = (look: { readonly step: number }): boolean => look.step <= step;
  return {
    ...state,
    layerHistory: layerHistory.filter(isSeen),
    updateHistory: updateHistory.filter(isSeen),
    samplesAlong: samplesAlong.filter(isSeen),
  };
}

/** What is no longer watched stays as the last picture. */
function withInspection(state: RunState, inspection: Inspection): RunState {
  const { step, layers, parameters } = inspection;
  const ratios = parameters?.map(({ log10UpdateToData }) => log10UpdateToData);
  return {
    ...state,
    inspection: { ...state.inspection, ...inspection },
    layerHistory: layers ? withStep(state.layerHistory, { step, layers }, mostLayerLooks) : state.layerHistory,
    updateHistory: ratios ? withStep(state.updateHistory, { step, ratios }, mostPoints) : state.updateHistory,
  };
}

/** At 1, 2, 5, 10, … steps, these are few, however long the run. */
function withSamples(history: readonly SamplesAlong[], samples: SamplesAlong): readonly SamplesAlong[] {
  return [...history.filter(({ step }) => step !== samples.step), samples];
}

function without<
  K extends
    | 'divergence'
    | 'preparation'
    | 'stopping'
    | 'keepProblem'
    | 'keepIsDue'
    | 'takenOver'
    | 'opened'
    | 'sampling'
    | 'sampleProblem'
    | 'places'
    | 'sourceGone'
    | 'called',
>(state: RunState, ...keys: K[]): Omit<RunState, K> {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !keys.includes(key as K))) as Omit<RunState, K>;
}
