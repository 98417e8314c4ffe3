import { createEngine, fallBack, type CreatedEngine } from '../engine/create-engine';
import { MissingKernelError } from '../engine/engine';
import { originsOf, repeatInSplits, repeatNames, splitNames, type Splits } from '../makemore/dataset';
import { modelDefinitions } from '../makemore/models';
import type { NeuralModel } from '../makemore/models/model';
import { bigramCounts, countedLosses, smoothingCurve } from '../makemore/ngrams';
import { TorchGenerator } from '../makemore/random';
import { at } from '../shared/at';
import type { Hyperparameters } from '../shared/hyperparameters';
import type { DataSummary } from '../shared/inspection';
import { defaultMemoryLimit } from '../shared/limits';
import { noteDuplicates, readNames } from '../reading/read-names';
import type { Preset } from '../shared/presets';
import {
  defaultRunOptions,
  type BigramCounts,
  type EngineId,
  type Preparation,
  type RunInfo,
  type RunOptions,
  type SmoothingCurve,
} from '../shared/run';
import type { Origin } from '../shared/sampling';
import { createVocabulary, type Vocabulary } from '../shared/vocabulary';
import { checkNames } from './check-memory';
import { CountingTrainer } from './counting-trainer';
import { describeData } from './describe-data';
import { NeuralTrainer } from './neural-trainer';
import type { Trainer, TrainingData } from './trainer';

/** Where each ends, of the time that a large file takes. */
const ends = { read: 0.2, split: 0.35, reading: 0.4, building: 0.75, counts: 0.85 } as const;

export type OnProgress = (stage: Preparation['stage'], share: number) => void;

export interface Run {
  readonly preset: Preset;
  readonly trainer: Trainer;
  readonly info: RunInfo;
  /** Those that the preset uses, each as often as it counts. */
  readonly names: readonly string[];
  readonly counts: BigramCounts;
  readonly data: DataSummary;
  /** Of a counting model. */
  readonly smoothingCurve?: SmoothingCurve;
  readonly vocabulary: Vocabulary;
  readonly origins: ReadonlyMap<string, Origin>;
}

export interface MemoryOptions {
  /** The most bytes that the run may take. */
  readonly memoryLimit: number;
}

/**
 * A run from a file's text, ready for its first step.
 *
 * @param onProgress told what is done now, and which share of all there is to do has been done, from 0 to 1
 * @throws InputError for a text that cannot be trained on, a MemoryRefusal if that would take too much memory
 */
export async function createRun(
  text: string,
  source: string,
  preset: Preset,
  engineId: EngineId,
  options: Partial<RunOptions & MemoryOptions> = {},
  onProgress: OnProgress = () => undefined,
): Promise<Run> {
  const { boundary, purpose, split, sampler, reading, maxLength } = { ...defaultRunOptions, ...options };
  const { memoryLimit = defaultMemoryLimit } = options;
  const {
    names,
    distinct,
    counts: times,
    notes,
    lengths,
    leftOut,
  } = readNames(text, source, {
    boundary,
    maxLength,
    reading,
    onProgress: share => onProgress('reading', share * ends.read),
  });
  onProgress('reading', ends.read);
  const used = preset.names === undefined ? names : names.slice(0, preset.names);
  checkNames(names.length, distinct, memoryLimit); // before anything is made of them
  const generator = new TorchGenerator(preset.hyperparameters.seed ?? 0);
  const repeated = (once: Splits): Splits => (times ? repeatInSplits(once, times) : once);
  const splits = repeated(splitNames(names, preset, generator, split));
  onProgress('reading', ends.split);
  const counted = times ? repeatNames(used, times) : used;
  const vocabulary = createVocabulary(names, boundary, { rules: reading, leftOut });
  const data: TrainingData = { splits, vocabulary, generator, purpose, lengths, distinct, memoryLimit };
  const model = modelDefinitions[preset.model];
  onProgress('building', ends.reading);

  const { trainer, engine, notices } =
    model.kind === 'counting'
      ? { trainer: new CountingTrainer(model, preset.hyperparameters, data), engine: engineId, notices: [] }
      : await createNeuralTrainer(model, preset.hyperparameters, data, engineId);

  onProgress('counting', ends.building);
  const summary = describeData(counted, splits);
  const { parameters, examples, blockSize, longName } = trainer;
  const info: RunInfo = {
    engine,
    parameters,
    parameterCount: parameters.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0),
    vocabSize: vocabulary.itos.length,
    characters: vocabulary.itos,
    boundary: at(vocabulary.itos, 0),
    reading,
    ...(maxLength > 0 && { maxLength }),
    blockSize,
    names: used.length,
    examples,
    maxSteps: trainer.maxSteps,
    purpose,
    ...(trainer.floor !== undefined && { floor: trainer.floor }),
    countedLosses: countedLosses(splits.train, vocabulary),
    batchNorms: trainer.batchNorms,
    sampler,
    memory: trainer.memory,
    ...(longName && { longName }),
    notes: [
      ...notices,
      ...(longName ? [longName.sentence] : []),
      ...notes,
      ...(times ? [] : noteDuplicates(used.length, summary.repetitions)),
      ...splits.notes,
    ],
  };
  const counts = bigramCounts(counted, vocabulary);
  onProgress('counting', ends.counts);
  const run = {
    preset,
    trainer,
    info,
    names: counted,
    vocabulary,
    counts,
    data: summary,
    origins: originsOf(splits),
  };
  if (model.kind === 'neural') return run;
  const lecture = repeated(splitNames(used, { split: 'lecture' }, generator, split));
  return { ...run, smoothingCurve: smoothingCurve(lecture, counted.length, vocabulary, blockSize + 1) };
}

/** On the engine that was asked for, or on `tfjs-wasm` with a notice if that one cannot run the model. */
async function createNeuralTrainer(
  model: NeuralModel,
  h: Hyperparameters,
  data: TrainingData,
  engineId: EngineId,
): Promise<{ trainer: NeuralTrainer; engine: EngineId; notices: string[] }> {
  // A second attempt draws what the first one drew.
  const make = ({ engine, notice }: CreatedEngine) => ({
    trainer: new NeuralTrainer(model, h, { ...data, generator: data.generator.clone() }, engine),
    engine: engine.id,
    notices: notice === undefined ? [] : [notice],
  });
  try {
    return make(await createEngine(engineId));
  } catch (error) {
    if (!(error instanceof MissingKernelError)) throw error;
    return make(await fallBack(error.message));
  }
}
