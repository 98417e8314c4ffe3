/** The memory that a run takes, known before it begins. docs/memory.md holds it beside what was measured. */
import { MissingKernelError, type Engine } from '../engine/engine';
import { bytesPerToken, mostPossible } from '../makemore/dataset';
import type { Model, NeuralModel } from '../makemore/models/model';
import type { Hyperparameters } from '../shared/hyperparameters';
import { sizesOfNet, type NetSize, type SizeOfNet } from './run-size';

/** What decides how much memory a run takes. */
export interface RunFacts {
  readonly model: Model;
  readonly hyperparameters: Hyperparameters;
  readonly engine: Engine['id'];
  readonly vocabSize: number;
  /** How many characters the model sees. */
  readonly blockSize: number;
  /** Names of all splits, and their characters and ends. */
  readonly names: number;
  readonly characters: number;
  /** How many of the names that were read differ, used or not. */
  readonly distinct: number;
  /** Examples of a training step. */
  readonly rows: number;
}

const float32 = 4;
/** Node with this program in it, before it reads anything. */
const programBytes = 72e6;
/** A name's places in the file and in the splits. */
const bytesPerPlace = 40;
/** A string of usual length, with its entries in the tables of what is where. */
const bytesPerString = 410;
/** What V8 keeps of a recorded operation, and what it lets lie until it has to clean up. */
const bytesPerOperation = 3_000;
const litterPerOperation = 10_000;
const mostLitter = 40e6;
/** What is shown of a step is copied, put into order, and let lie as well. */
const litterPerShown = 12;
const mostShown = 48e6;
/** tfjs gives back some arrays before a step ends. */
const keptByTfjs = 0.75;

/**
 * Bytes that a run takes at its peak, once it has been evaluated and looked into.
 *
 * @param sizes of the run's net, if they are known already
 */
export function estimateBytes(facts: RunFacts, sizes?: SizeOfNet): number {
  const { model } = facts;
  return bytesOfNames(facts) + (model.kind === 'counting' ? bytesOfTables(facts) : bytesOfNet(model, facts, sizes));
}

/** What it takes to have read the names, whatever is made of them. */
export function bytesOfNames({ names, distinct }: Pick<RunFacts, 'names' | 'distinct'>): number {
  return programBytes + names * bytesPerPlace + distinct * bytesPerString;
}

/** The sizes of the run's net at any context length. */
export function sizesFor(model: NeuralModel, { hyperparameters, vocabSize, rows }: RunFacts): SizeOfNet {
  return sizesOfNet(model, hyperparameters, vocabSize, rows);
}

/** One of the model, and two that show what smoothing does. */
function bytesOfTables({ vocabSize, blockSize }: RunFacts): number {
  return 3 * vocabSize ** (blockSize + 1) * Uint32Array.BYTES_PER_ELEMENT;
}

function bytesOfNet(model: NeuralModel, facts: RunFacts, sizes = sizesFor(model, facts)): number {
  const size = sizeOrNothing(sizes, facts.blockSize);
  const isCompiled = facts.engine === 'compiled';
  // A look inside keeps the parameters before and after the step.
  const numbers = float32 * (size.variables + 2 * size.parameters);
  const programs = isCompiled ? size.planned : size.unplanned * keptByTfjs;
  const litter =
    Math.min(mostLitter, litterPerOperation * size.operations) + Math.min(mostShown, litterPerShown * size.shown);
  return bytesOfData(model, facts) + numbers + programs + litter + bytesPerOperation * size.operations;
}

/** A model that cannot be recorded runs op by op, and what it takes shows only then. */
function sizeOrNothing(sizes: SizeOfNet, blockSize: number): NetSize {
  try {
    return sizes(blockSize);
  } catch (error) {
    if (!(error instanceof MissingKernelError)) throw error;
    return { variables: 0, parameters: 0, operations: 0, planned: 0, unplanned: 0, shown: 0, work: 0 };
  }
}

/** Examples of all splits as they are stored, and the table that finds repeated ones. */
function bytesOfData(
  { example }: NeuralModel,
  { names, distinct, characters, vocabSize, blockSize }: RunFacts,
): number {
  const token = bytesPerToken(vocabSize);
  if (example === 'sequence')
    return names * Int32Array.BYTES_PER_ELEMENT + distinct * (blockSize * token + 2 * Int32Array.BYTES_PER_ELEMENT);
  const possible = vocabSize ** (blockSize + 1);
  const table = possible > mostPossible ? 0 : possible * Int32Array.BYTES_PER_ELEMENT;
  return characters * (blockSize + 1) * token + table;
}
