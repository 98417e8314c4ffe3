import { printJson, say, showProgress, warn } from './print';
import type { Diagnostics } from '../shared/diagnostics';
import { divergenceSentence, type Divergence } from '../shared/divergence';
import type { Preset } from '../shared/presets';
import type { EngineId, Evaluation, RunInfo } from '../shared/run';
import { longestName, type SampledWord } from '../shared/sampling';

type Losses = Omit<Evaluation, 'step'>;

interface Stopped {
  readonly step: number;
  readonly seconds: number;
  readonly microsecondsPerStep: number | null;
  readonly engine: EngineId;
}

/** What a run reports in a terminal, in this order. */
export interface Report {
  /** Reading and compiling have begun, which may take a while. */
  preparing(): void;
  started(preset: Preset, info: RunInfo): void;
  program(text: string): void;
  loss(step: { step: number; loss: number; learningRate: number }): void;
  progress(step: number, steps: number): void;
  evaluated(step: number, losses: Losses): void;
  diagnosed(step: number, diagnostics: Diagnostics): void;
  diverged(divergence: Divergence): void;
  /** What is odd about how the run ended. */
  note(text: string): void;
  sampled(words: readonly SampledWord[]): void;
  stopped(stopped: Stopped): void;
}

/** JSON lines for machines, or sentences for people with a progress bar on stderr. */
export function createReport(json: boolean): Report {
  return json ? jsonReport : textReport;
}

const line = (type: string, fields: object): void => printJson({ type, ...fields });

const jsonReport: Report = {
  preparing: () => undefined,
  started: (preset, { parameterCount, vocabSize, blockSize, names, examples, engine, memory, notes }) =>
    line('started', {
      preset: preset.id,
      model: preset.model,
      parameters: parameterCount,
      vocabSize,
      blockSize,
      names,
      ...examples,
      engine,
      memory,
      notes,
    }),
  program: text => line('program', { text }),
  loss: ({ step, loss, learningRate }) => line('loss', { step, loss, learningRate }),
  progress: () => undefined,
  evaluated: (step, losses) => line('evaluated', { step, ...losses }),
  diagnosed: (step, diagnostics) => line('diagnostics', { step, ...diagnostics }),
  diverged: ({ step, loss, reason }) => line('diverged', { step, loss, reason }),
  note: warn,
  sampled: words => line('sampled', { words }),
  stopped: stopped => line('stopped', stopped),
};

const thousands = (n: number): string => n.toLocaleString('en-US');
const signed = (x: number): string => `${x < 0 ? '-' : '+'}${Math.abs(x).toFixed(2)}`;
const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
const lossText = (loss: number | null | undefined): string => (typeof loss === 'number' ? loss.toFixed(6) : 'none');

let progressShown = 0;

const textReport: Report = {
  preparing: () => showProgress('Reading the names and compiling the model…'),
  started(preset, info) {
    const { train, dev, test } = info.examples;
    say(`${preset.title} (${preset.id}), ${thousands(info.parameterCount)} parameters, engine ${info.engine}`);
    say(`${thousands(info.names)} names, ${info.vocabSize} characters with the boundary "${info.boundary}"`);
    const others = dev === null || test === null ? '' : `, dev ${thousands(dev)}, test ${thousands(test)}`;
    say(`examples: train ${thousands(train)}${others}`);
    for (const note of info.notes) say(`note: ${note}`);
  },
  program: text => void process.stdout.write(`${text}\n`), // the engine's own text, of many lines
  loss: ({ step, loss, learningRate }) => {
    say(`step ${thousands(step).padStart(9)}   loss ${loss.toFixed(6)}   learning rate ${learningRate}`);
  },
  progress(step, steps) {
    const now = performance.now();
    if (now - progressShown < 100) return;
    progressShown = now;
    const filled = Math.round((30 * step) / steps);
    showProgress(`[${'='.repeat(filled).padEnd(30)}] ${thousands(step)} / ${thousands(steps)}`);
  },
  evaluated(_, { train, dev, test, calibrated }) {
    say(`nats per character: train ${lossText(train)}, dev ${lossText(dev)}, test ${lossText(test)}`);
    if (calibrated)
      say(`with BatchNorm calibrated on train: train ${lossText(calibrated.train)}, dev ${lossText(calibrated.dev)}`);
  },
  diagnosed(_, { layers, parameters }) {
    for (const { name, mean, std, saturated, gradStd } of layers)
      say(
        `layer ${name.padEnd(8)} mean ${signed(mean)}, std ${std.toFixed(2)}, saturated ${percent(saturated)}` +
          `, gradient std ${gradStd.toExponential(2)}`,
      );
    for (const { name, shape, gradToData, log10UpdateToData } of parameters)
      say(
        `weight ${`${name} (${shape.join(', ')})`.padEnd(16)} grad:data ${gradToData.toExponential(2)}` +
          `, log10 update:data ${log10UpdateToData === -Infinity ? 'no update (0)' : log10UpdateToData.toFixed(2)}`,
      );
  },
  diverged(divergence) {
    warn(divergenceSentence(divergence));
  },
  note(text) {
    say(`note: ${text}`);
  },
  sampled(words) {
    for (const { text, origin, cut } of words) {
      const remarks = [
        ...(origin === 'new' ? [] : [`in ${origin}`]),
        ...(cut ? [`cut at ${thousands(longestName)} characters`] : []),
      ];
      say(remarks.length === 0 ? text : `${text}   (${remarks.join(', ')})`);
    }
  },
  stopped({ step, seconds, microsecondsPerStep }) {
    if (microsecondsPerStep === null) return;
    say(`${thousands(step)} steps in ${seconds.toFixed(1)} s, ${microsecondsPerStep.toFixed(0)} µs each`);
  },
};
