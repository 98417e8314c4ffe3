import { countNgrams } from '../shared/ngram-counts';
import { isCounting } from '../shared/presets';
import { isRemembered } from '../store/checkpoint';
import type { ExportedData } from './data';
import { exportedModels } from './models';
import type { StoredRun } from '../store/run-folder';
import type { StoredTensor, Tensors } from '../store/safetensors';

/**
 * What a model has learned, in float32 and under the names of its PyTorch original. Nothing of the optimizer.
 *
 * makemore.py's models: its own `state_dict`, masks included, with matrices (fan_out, fan_in) as in `nn.Linear`. The
 * lectures' models: the notebooks' names, with matrices (fan_in, fan_out); in the deep MLP and the WaveNet
 * `layers.{i}.weight` and so on, where i counts the notebook's list of layers. Counting models: N (V, V) or (V, V, V).
 */
export function exportedWeights({ record, checkpoint }: StoredRun, data: ExportedData): Tensors {
  const { model, hyperparameters } = record.preset;
  if (isCounting(record.preset)) return { N: countsOf(data) };
  const learned = Object.entries(checkpoint.model.variables).filter(([name]) => !isRemembered(name));
  const { nameOf, masks } = exportedModels[model];
  return {
    ...Object.fromEntries(learned.map(([name, tensor]) => [nameOf(name, hyperparameters), tensor])),
    ...masks(hyperparameters, data.blockSize),
  };
}

function countsOf({ names, vocabulary, blockSize }: ExportedData): StoredTensor {
  const order = blockSize + 1;
  const { vocabSize, counts } = countNgrams(names, vocabulary, order);
  return { shape: Array.from({ length: order }, () => vocabSize), values: Float32Array.from(counts) };
}
