import { InputError } from '../shared/errors';
import { formatBytes, maxRunBytes } from '../shared/limits';
import type { Hyperparameters } from '../shared/hyperparameters';
import { bytesPerToken } from './dataset';
import type { Model } from './models/model';

/** What decides how much memory a run needs. */
interface RunSize {
  readonly model: Model;
  readonly hyperparameters: Hyperparameters;
  readonly vocabSize: number;
  /** How many characters the model sees. */
  readonly blockSize: number;
  /** Names of all splits, and their examples. */
  readonly names: number;
  readonly examples: number;
  /** Rows that go through the model at once. */
  readonly rows: number;
}

const float32 = 4;
/** A string of usual length, with its places in the splits and in the table of origins. */
const bytesPerName = 100;

/** Roughly the bytes of a run's largest arrays: enough to refuse a run that cannot work before it is tried. */
export function estimateBytes({
  model,
  hyperparameters,
  vocabSize,
  blockSize,
  names,
  examples,
  rows,
}: RunSize): number {
  const text = names * bytesPerName;
  if (model.kind === 'counting') return text + vocabSize ** (blockSize + 1) * float32;
  const parameters = model
    .parameters(hyperparameters, { vocabSize, blockSize })
    .reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
  const data = examples * (blockSize + 1) * bytesPerToken(vocabSize);
  // Each parameter with its gradient and its update; one-hot contexts and the transpose of their gradient; and for every
  // target the logits, their softmax, one-hot targets, and what the backward pass makes of them.
  const outputs = model.example === 'sequence' ? 8 * blockSize : 8;
  return text + data + float32 * (3 * parameters + rows * vocabSize * (2 * blockSize + outputs));
}

/** @throws InputError with the size, if it is past the limit */
export function checkMemory(size: RunSize): void {
  const bytes = estimateBytes(size);
  if (bytes <= maxRunBytes) return;
  const { model, vocabSize } = size;
  const what =
    model.kind === 'counting'
      ? `A table for ${vocabSize.toLocaleString('en-US')} characters`
      : `This run of the ${model.title}`;
  throw new InputError(
    `${what} would need ${formatBytes(bytes)} of memory, and ${formatBytes(maxRunBytes)} is the limit: ` +
      'use fewer names, a file with fewer different characters, or a smaller model.',
  );
}
