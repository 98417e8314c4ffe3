import type { ComparedRun } from './comparison';
import type {
  BigramCounts,
  Evaluation,
  Places,
  Purpose,
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

/** Everything a panel can draw. The extension host keeps it, the webview mirrors it, the same reducer feeds both. */
export interface RunState {
  readonly status: RunStatus;
  /** Where the run is kept on the disk. */
  readonly id?: string;
  readonly source?: Source;
  readonly preset?: Preset;
  readonly purpose?: Purpose;
  readonly info?: RunInfo;
  /** Updates made so far. */
  readonly step: number;
  readonly losses: LossHistory;
  readonly learningRate?: number;
  readonly microsecondsPerStep?: number;
  /** What a counting model adds to its counts, once it has been changed. */
  readonly smoothing?: number;
  readonly evaluations: readonly Evaluation[];
  readonly counts?: BigramCounts;
  /** The last ones that were asked for. */
  readonly trigrams?: TrigramSlice;
  readonly smoothingCurve?: SmoothingCurve;
  readonly data?: DataSummary;
  /** The last look inside. */
  readonly inspection?: Inspection;
  /** Looks before, fewer and fewer of the older ones, the last one included. */
  readonly layerHistory: readonly LayersAt[];
  readonly updateHistory: readonly UpdatesAt[];
  readonly leastActivations?: LeastActivations;
  readonly findingDeadNeurons: boolean;
  readonly samplesAlong: readonly SamplesAlong[];
  /** The request that is being carried out. */
  readonly sampling?: SampleRequest;
  readonly samples?: Samples;
  readonly sampleProblem?: string;
  readonly failure?: string;
  /** The step of the last checkpoint. */
  readonly keptStep?: number;
  /** Why the last checkpoint could not be written. */
  readonly keepProblem?: string;
  readonly sourceChanged: boolean;
  /** Runs side by side, whichever is the present one. */
  readonly compared: readonly ComparedRun[];
  /** What a person has asked to see in the editor. */
  readonly places?: Places;
  /** Whether the run was opened from the disk to be looked at, and was neither resumed nor stopped since. */
  readonly opened?: true;
  /** Whether these are the pictures of a run that was there before the window was reloaded. The model is gone. */
  readonly restored?: true;
}

/** Every minibatch loss, step 0 first. `values` may be longer than `length`. */
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

/** Whether a model is there that can be sampled. */
export function hasModel(state: RunState): boolean {
  return state.info !== undefined && state.status !== 'failed' && !state.restored;
}

export function isTraining(state: RunState): boolean {
  return state.status === 'starting' || state.status === 'running' || state.status === 'paused';
}

/** Whether the run has ended unasked, or its model went with the window, and its last checkpoint is there. */
export function canResume(state: RunState): boolean {
  return (
    state.id !== undefined && state.keptStep !== undefined && (state.status === 'failed' || state.restored === true)
  );
}
