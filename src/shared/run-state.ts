import type { ComparedRun } from './comparison';
import type { Divergence } from './divergence';
import type {
  BigramCounts,
  DrawnNames,
  Evaluation,
  Places,
  Preparation,
  Purpose,
  RunFacts,
  RunInfo,
  RunStatus,
  Samples,
  SmoothingCurve,
  Source,
  TrigramSlice,
} from './run';
import type { DataSummary, Inspection, LayerLook, LeastActivations, SamplesAlong } from './inspection';
import type { Preset } from './presets';
import type { SampleRequest } from './sampling';

/** Everything a panel can draw. The extension host keeps it, the webview mirrors it, and the same reducer updates both. */
export interface RunState {
  readonly status: RunStatus;
  /** Identifies the run on the disk, if it is saved. */
  readonly id?: string;
  readonly source?: Source;
  /** What the file is called where another run's file has the same name: from the folder on that tells them apart. */
  readonly called?: string;
  readonly preset?: Preset;
  readonly purpose?: Purpose;
  /** While it starts, if that takes long. */
  readonly preparation?: Preparation;
  readonly info?: RunInfo;
  /** Set from the command to stop until the run has stopped, which may take as long as a step. */
  readonly stopping?: true;
  /** Updates made so far. */
  readonly step: number;
  readonly losses: LossHistory;
  readonly learningRate?: number;
  readonly microsecondsPerStep?: number;
  /** What a counting model adds to its counts, once that has been changed. */
  readonly smoothing?: number;
  readonly evaluations: readonly Evaluation[];
  readonly counts?: BigramCounts;
  /** The trigrams that were last asked for. */
  readonly trigrams?: TrigramSlice;
  readonly smoothingCurve?: SmoothingCurve;
  readonly data?: DataSummary;
  /** The last look inside. */
  readonly inspection?: Inspection;
  /** Earlier looks, thinned out as they get older, and the last one. */
  readonly layerHistory: readonly LayersAt[];
  readonly updateHistory: readonly UpdatesAt[];
  readonly leastActivations?: LeastActivations;
  readonly findingDeadNeurons: boolean;
  readonly samplesAlong: readonly SamplesAlong[];
  /** Names as the model drew them last by itself, while it learned. */
  readonly newest?: DrawnNames;
  /** The request in progress. */
  readonly sampling?: SampleRequest;
  readonly samples?: Samples;
  readonly sampleProblem?: string;
  readonly failure?: string;
  /** Of a run that ended at a loss that was not a number: where, why, and what helps. */
  readonly divergence?: Divergence;
  /** The step of the last checkpoint. */
  readonly keptStep?: number;
  /** Why the last checkpoint could not be written. */
  readonly keepProblem?: string;
  /** Set if it is written as soon as that is mended. */
  readonly keepIsDue?: true;
  /** Set if another window has taken the run over: what was trained here is kept nowhere. */
  readonly takenOver?: true;
  readonly sourceChanged: boolean;
  /** Set if the document was deleted, or closed before it was ever saved. */
  readonly sourceGone?: true;
  /** The runs that are compared; the current run need not be one of them. */
  readonly compared: readonly ComparedRun[];
  /** The occurrences that a person asked to see in the editor. */
  readonly places?: Places;
  /** Set if the run was opened from the disk for viewing, and has not been resumed or stopped since. */
  readonly opened?: true;
  /** Set if these are the pictures of a run from before the window was reloaded. Its model is gone. */
  readonly restored?: true;
  /** Set if this is what is kept of a run that is only looked at, beside the current one or without any. */
  readonly lookedAt?: LookedAt;
}

export interface LookedAt {
  /** As the list of runs has it. */
  readonly title: string;
  /** Whether there is a current run to go back to. */
  readonly hasCurrent: boolean;
  /** Runs of earlier versions have kept none. */
  readonly facts?: RunFacts;
}

/** The minibatch losses from step 0 on. `values` may be longer than `length`. */
export interface LossHistory {
  readonly values: Float32Array;
  readonly length: number;
}

interface LayersAt {
  readonly step: number;
  readonly layers: readonly LayerLook[];
}

/** log10 of update:data of each matrix, in the order of `Inspection.parameters`. */
export interface UpdatesAt {
  readonly step: number;
  readonly ratios: readonly number[];
}

const noLosses: LossHistory = { values: new Float32Array(0), length: 0 };

export const idle: RunState = {
  status: 'idle',
  step: 0,
  losses: noLosses,
  evaluations: [],
  layerHistory: [],
  updateHistory: [],
  findingDeadNeurons: false,
  samplesAlong: [],
  sourceChanged: false,
  compared: [],
};

/** Whether there is a model that can be sampled. */
export function hasModel(state: RunState): boolean {
  return state.info !== undefined && state.status !== 'failed' && !state.restored;
}

export function isTraining(state: RunState): boolean {
  return state.status === 'starting' || state.status === 'running' || state.status === 'paused';
}

/** Whether nothing more will happen in the run, not even its last evaluation: a run that is replaced never gets that. */
export function hasEnded(state: RunState): boolean {
  const { status, purpose, restored, step, evaluations } = state;
  if (isTraining(state)) return false;
  if (restored || purpose !== 'train' || (status !== 'finished' && status !== 'stopped')) return true;
  const last = evaluations.at(-1);
  return last?.step === step && last.train !== undefined;
}

/** Whether the run is at its end, and its last evaluation is still to come. */
export function isEvaluating(state: RunState): boolean {
  const { opened, lookedAt, takenOver } = state;
  return !isTraining(state) && !hasEnded(state) && !opened && !lookedAt && !takenOver;
}

/** Whether the run failed, or lost its model with the window, and has a checkpoint. */
export function canResume(state: RunState): boolean {
  return (
    state.id !== undefined && state.keptStep !== undefined && (state.status === 'failed' || state.restored === true)
  );
}
