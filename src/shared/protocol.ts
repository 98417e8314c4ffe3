/**
 * What the parts say to each other. Commands go down (webview to extension host to worker), events come up. Nothing is
 * awaited, so nothing can hang: an answer is an event like any other.
 */
import type { Arrangement } from './arrangement';
import type { ComparedRun } from './comparison';
import type { Hyperparameters } from './hyperparameters';
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

/** No payload. */
type Nothing = object;
/** A map of name to payload as a discriminated union. */
type Messages<M> = { [K in keyof M]: { readonly type: K } & M[K] }[keyof M];

/** What a running model is told, by whoever shows it. */
interface ControlMessages {
  pause: Nothing;
  resume: Nothing;
  /** One training step, then pause. */
  step: Nothing;
  stop: Nothing;
  sample: { request: SampleRequest };
  /** A counting model counts as if every n-gram had been seen so often more. */
  smooth: { smoothing: number };
  /** What is wanted a few times a second; nothing when nobody looks. */
  watch: { watch: Watch };
  /** Goes through the whole train split for neurons that never leave saturation. */
  findDeadNeurons: Nothing;
  /** Of all that begin with this character. */
  countTrigrams: { first: string };
}

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

/** From the inspector to the extension host, which hands the run's own on to the worker. */
interface InspectorMessages extends ControlMessages {
  ready: Nothing;
  train: Nothing;
  restart: { hyperparameters: Hyperparameters };
  /** The same again, on the file as it is now. */
  trainAgain: Nothing;
  /** On from the last checkpoint of a run that ended unasked. */
  resumeRun: Nothing;
  findLearningRate: Nothing;
  overfit: Nothing;
  copySamples: Nothing;
  openSamples: Nothing;
  /** Lists the names that hold these characters in a row, and marks their places in the editor. */
  markPlaces: { characters: readonly string[] };
  unmarkPlaces: Nothing;
  endComparison: Nothing;
  /** Goes to a line of the names, from 0. */
  goToLine: { line: number };
  /** Keyboard shortcuts hold only while the inspector has the focus. */
  focus: { focused: boolean };
  /** The picture of a panel that was asked for. */
  picture: { panel: string; png: Uint8Array };
  /** A person has folded, moved or set something. */
  arrange: { arrangement: Arrangement };
}

export type ControlCommand = Messages<ControlMessages>;
export type WorkerCommand = Messages<WorkerMessages>;
export type InspectorCommand = Messages<InspectorMessages>;

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
