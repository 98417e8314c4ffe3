import type { Hyperparameters } from '../../shared/hyperparameters';
import type { PanelPicture } from '../../shared/picture';
import type { RunState } from '../../shared/run-state';

/** What the inspector has the rest of the extension do. Errors are shown to the person, as those of a command are. */
export interface InspectorActions {
  /** On the document of the current run, with a model of the person's choice. */
  train(): void;
  openNames(): void;
  restart(hyperparameters: Hyperparameters): void;
  trainAgain(): void;
  resumeRun(): void;
  keepAsOwn(): void;
  goOn(): void;
  /** Trains another model of the ladder on the names of the current run. */
  tryPreset(preset: string): void;
  compareRuns(): void;
  openSource(): void;
  findLearningRate(): void;
  overfit(): void;
  copySamples(): void;
  openSamples(): void;
  savePicture(picture: PanelPicture, run: RunState): void;
  /** With its model, in place of the current run. */
  openRun(id: string | undefined): void;
}
