import { createEngine, fallBack, type CreatedEngine } from '../engine/create-engine';
import { MissingKernelError } from '../engine/kernels';
import { splitNames, originsOf } from '../makemore/dataset';
import { models } from '../makemore/models';
import type { NeuralModel } from '../makemore/models/model';
import { noteDuplicates, readNames } from '../makemore/names';
import { bigramCounts } from '../makemore/ngrams';
import { Generator } from '../makemore/random';
import { createVocabulary, type Vocabulary } from '../makemore/vocabulary';
import type { Hyperparameters } from '../shared/hyperparameters';
import type { Preset } from '../shared/presets';
import type { BigramCounts, EngineId, RunInfo } from '../shared/run';
import type { Origin } from '../shared/sampling';
import { CountingTrainer } from './counting-trainer';
import { NeuralTrainer } from './neural-trainer';
import type { Trainer, TrainingData } from './trainer';

export interface Run {
  readonly preset: Preset;
  readonly trainer: Trainer;
  readonly info: RunInfo;
  readonly counts: BigramCounts;
  readonly vocabulary: Vocabulary;
  readonly origins: ReadonlyMap<string, Origin>;
}

/**
 * Everything from a file's text to a model ready for its first step.
 *
 * @throws InputError for a text that cannot be trained on
 */
export async function createRun(text: string, source: string, preset: Preset, engineId: EngineId): Promise<Run> {
  const { names, notes } = readNames(text, source);
  const generator = new Generator(preset.hyperparameters.seed ?? 0);
  const splits = splitNames(names, preset, generator);
  const used = preset.names === undefined ? names : names.slice(0, preset.names);
  const vocabulary = createVocabulary(names);
  const data: TrainingData = { splits, vocabulary, generator };
  const model = models[preset.model];

  const { trainer, engine, notices } =
    model.kind === 'counting'
      ? { trainer: new CountingTrainer(model, preset.hyperparameters, data), engine: engineId, notices: [] }
      : await createNeuralTrainer(model, preset.hyperparameters, data, engineId);

  const { parameters, examples, blockSize } = trainer;
  const info: RunInfo = {
    engine,
    parameters,
    parameterCount: parameters.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0),
    vocabSize: vocabulary.itos.length,
    boundary: vocabulary.itos[0],
    blockSize,
    names: used.length,
    examples,
    maxSteps: trainer.maxSteps,
    notes: [...notices, ...notes, ...noteDuplicates(used), ...splits.notes],
  };
  return { preset, trainer, info, counts: bigramCounts(used, vocabulary), vocabulary, origins: originsOf(splits) };
}

/** On the engine that was asked for, or on `tfjs-wasm` with a notice where that one cannot run the model. */
async function createNeuralTrainer(
  model: NeuralModel,
  h: Hyperparameters,
  data: TrainingData,
  engineId: EngineId,
): Promise<{ trainer: NeuralTrainer; engine: EngineId; notices: string[] }> {
  const make = ({ engine, notice }: CreatedEngine) => ({
    trainer: new NeuralTrainer(model, h, data, engine),
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
