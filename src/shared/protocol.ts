/**
 * The messages between the parts. Commands go down from the webview to the extension host to the worker, events come up.
 * Nothing is awaited, so nothing can hang: an answer is an event like any other.
 */
import type { Arrangement } from './arrangement';
import type { ComparedRun } from './comparison';
import type { Divergence } from './divergence';
import type { Hyperparameters } from './hyperparameters';
import type { ControlMessages } from './inspector-commands';
import type { Remedy } from './memory-refusal';
import type { Messages } from './messages';
import type { Preset } from './presets';
import type {
  BigramCounts,
  DrawnNames,
  EngineId,
  Evaluation,
  Pace,
  Places,
  Preparation,
  Purpose,
  RunInfo,
  RunOptions,
  Samples,
  SmoothingCurve,
  Source,
  TrainingStatus,
  TrigramSlice,
} from './run';
import type { DataSummary, Inspection, LeastActivations, SamplesAlong, Watch } from './inspection';
import type { RunState } from './run-state';
import type { SampleRequest } from './sampling';

export type { ControlCommand, InspectorCommand } from './inspector-commands';

/** Where a run is stored on disk. */
export interface RunPlace {
  readonly folder: string;
  /** The content of the folder's lock: the host needs it to release the lock of a thread that died. */
  readonly owner: string;
}

interface Beginning {
  readonly watch: Watch;
  readonly pace: Pace;
  /** The most bytes that the run may take. */
  readonly memoryLimit: number;
}

/** From the extension host to the worker thread, which starts or restores one run, and is controlled from then on. */
interface WorkerMessages extends ControlMessages {
  /** @property place is missing for a run that is not stored */
  start: Beginning & {
    text: string;
    source: Source;
    preset: Preset;
    options: RunOptions;
    id: string;
    place?: RunPlace;
  };
  /**
   * Continues from the last checkpoint, at once or after `resume`.
   *
   * @property changes hyperparameters that the run has from now on
   */
  restore: Beginning & { place: RunPlace; engine: EngineId; paused: boolean; changes?: Hyperparameters };
  /** Keeps a run that another window has taken over in a place of its own, under another id. */
  keepAs: { id: string; place: RunPlace };
  /** The window closes: keeps every step so far, and ends the thread. */
  leave: object;
}

export type WorkerCommand = Messages<WorkerMessages>;

export interface EventMessages {
  /** The last arrangement, for a new webview. It comes before the state, so that nobody sees panels fold. */
  arrange: { arrangement: Arrangement };
  /** The whole state, for a webview that is new, revealed or moved. */
  hydrate: { state: RunState };
  /**
   * @property id of the run, if it is stored
   * @property opened if it is only to be looked at
   */
  starting: { source: Source; preset: Preset; purpose: Purpose; id?: string; opened?: true };
  /** Told of a run that takes its time to begin. */
  preparing: { preparation: Preparation };
  started: { info: RunInfo };
  counts: { counts: BigramCounts };
  trigrams: { slice: TrigramSlice };
  /**
   * Minibatch losses of the steps from `firstStep` on, each before the step's update. Also the learning rate of the last
   * step, and the time per step: drawing the batch and training, nothing else.
   */
  losses: { firstStep: number; losses: Float32Array; learningRate: number; microsecondsPerStep: number };
  smoothingCurve: { curve: SmoothingCurve };
  evaluated: { evaluation: Evaluation };
  /** Somebody has asked the run to stop. */
  stopping: object;
  status: { status: TrainingStatus; step: number };
  /** A loss was not a number; the status `diverged` follows. */
  diverged: { divergence: Divergence };
  inspected: { inspection: Inspection };
  described: { data: DataSummary };
  sampledAlong: { samples: SamplesAlong };
  /** The newest names of a model that learns, always of the same seed. */
  sampledNow: { names: DrawnNames };
  /** The search for dead neurons has started or ended. */
  findingDeadNeurons: { finding: boolean };
  foundDeadNeurons: { activations: LeastActivations };
  /** A counting model now uses this smoothing. */
  smoothed: { smoothing: number };
  sampling: { request: SampleRequest };
  sampled: { samples: Samples };
  sampleRefused: { reason: string };
  /** @property remedy what to train with instead, if the run would have taken too much memory */
  failed: { reason: string; remedy?: Remedy };
  /**
   * A checkpoint was written, or could not be written because of a problem.
   *
   * @property isDue if it is written as soon as the problem is gone
   */
  kept: { step: number; problem?: string; isDue?: true };
  /** Another window owns the run now, which has stopped here at this step. */
  takenOver: { step: number };
  /** What another window had taken over is now a run of its own. */
  keptAs: { id: string; step: number };
  /** Runs to show side by side; an empty list ends the comparison. */
  compared: { runs: readonly ComparedRun[] };
  /** Whether the document differs from the text that is trained on; it also does if it is gone. */
  sourceChanged: { changed: boolean; gone?: true };
  /** The document has another name or place now. */
  moved: { source: Source };
  /** The document has the name of another run's, or no longer: this is what tells it apart. */
  called: { name: string | undefined };
  /** Undefined ends the marking. */
  places: { places: Places | undefined };
  /** A command wants a panel, or a part of one, to be shown, possibly with the focus in it. */
  reveal: { panel: string; focus: boolean };
  /** Asks for the picture of a panel. */
  takePicture: { panel: string };
}

export type RunEvent = Messages<EventMessages>;
/** The events of the worker; all others come from the extension host itself. */
export type WorkerEvent = Exclude<
  RunEvent,
  {
    type:
      | 'arrange'
      | 'hydrate'
      | 'starting'
      | 'stopping'
      | 'sourceChanged'
      | 'moved'
      | 'called'
      | 'places'
      | 'reveal'
      | 'takePicture'
      | 'compared';
  }
>;

/** One end of a connection. */
export interface Channel<Out, In> {
  post(message: Out): void;
  onMessage(handler: (message: In) => void): void;
}
