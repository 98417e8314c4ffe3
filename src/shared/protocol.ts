/**
 * What the parts say to each other. Commands go down (webview to extension host to worker), events come up. Nothing is
 * awaited, so nothing can hang: an answer is an event like any other.
 */
import type { Arrangement } from './arrangement';
import type { ComparedRun } from './comparison';
import type { ControlMessages } from './inspector-commands';
import type { Messages } from './messages';
import type { Preset } from './presets';
import type {
  BigramCounts,
  EngineId,
  Evaluation,
  Pace,
  Places,
  Purpose,
  RunInfo,
  RunOptions,
  Samples,
  SmoothingCurve,
  Source,
  TrigramSlice,
} from './run';
import type { DataSummary, Inspection, LeastActivations, SamplesAlong, Watch } from './inspection';
import type { RunState } from './run-state';
import type { SampleRequest } from './sampling';

export type { ControlCommand, InspectorCommand } from './inspector-commands';

/** Where a run is kept on the disk. */
export interface RunPlace {
  readonly folder: string;
  /** What the lock of the folder holds, so that the host can let go for a thread that died. */
  readonly owner: string;
}

interface Beginning {
  readonly watch: Watch;
  readonly pace: Pace;
}

/** From the extension host to the worker thread: a run is started once, anew or from the disk, then controlled. */
interface WorkerMessages extends ControlMessages {
  /** @property id of the run, where it is kept */
  start: Beginning & {
    text: string;
    source: Source;
    preset: Preset;
    options: RunOptions;
    id: string;
    place?: RunPlace;
  };
  /** Goes on from the last checkpoint, at once or when told. */
  restore: Beginning & { place: RunPlace; engine: EngineId; paused: boolean };
}

export type WorkerCommand = Messages<WorkerMessages>;

export interface EventMessages {
  /** How the inspector was left, for a webview that is new: it comes before the state, so that nothing folds in sight. */
  arrange: { arrangement: Arrangement };
  /** The whole state, for a webview that is new, revealed or moved. */
  hydrate: { state: RunState };
  /**
   * @property id of the run, where it is kept
   * @property opened where it is to be looked at only
   */
  starting: { source: Source; preset: Preset; purpose: Purpose; id?: string; opened?: true };
  started: { info: RunInfo };
  counts: { counts: BigramCounts };
  trigrams: { slice: TrigramSlice };
  /**
   * Minibatch losses of the steps from `firstStep` on, before each step's update, the learning rate of the last one,
   * and what a step takes: drawing the batch and training, nothing else.
   */
  losses: { firstStep: number; losses: Float32Array; learningRate: number; microsecondsPerStep: number };
  smoothingCurve: { curve: SmoothingCurve };
  evaluated: { evaluation: Evaluation };
  status: { status: 'running' | 'paused' | 'finished' | 'stopped'; step: number };
  inspected: { inspection: Inspection };
  described: { data: DataSummary };
  sampledAlong: { samples: SamplesAlong };
  /** The search for dead neurons has begun, or has ended. */
  findingDeadNeurons: { finding: boolean };
  foundDeadNeurons: { activations: LeastActivations };
  /** A counting model has taken another smoothing. */
  smoothed: { smoothing: number };
  sampling: { request: SampleRequest };
  sampled: { samples: Samples };
  sampleRefused: { reason: string };
  failed: { reason: string };
  /** A checkpoint was written, or could not be, for a reason. */
  kept: { step: number; problem?: string };
  /** Runs to be looked at side by side; none ends that. */
  compared: { runs: readonly ComparedRun[] };
  /** Whether the document still holds the text that is trained on. */
  sourceChanged: { changed: boolean };
  /** Nothing is marked any more where there are none. */
  places: { places: Places | undefined };
  /** Show the sampler, or the form with the hyperparameters: a command asked for it; the latter takes the focus. */
  reveal: { panel: string; focus: boolean };
  /** A panel's picture is wanted. */
  takePicture: { panel: string };
}

export type RunEvent = Messages<EventMessages>;
/** What the worker may say; the rest is the extension host's own. */
export type WorkerEvent = Exclude<
  RunEvent,
  { type: 'arrange' | 'hydrate' | 'starting' | 'sourceChanged' | 'places' | 'reveal' | 'takePicture' | 'compared' }
>;

/** One end of a connection. */
export interface Channel<Out, In> {
  post(message: Out): void;
  onMessage(handler: (message: In) => void): void;
}
