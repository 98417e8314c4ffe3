import type { ExportedData } from './data';
import type { StoredRun } from '../store/run-folder';

/** The version of the exported files, all of them together. */
const format = 1;

/** What it takes to use the weights, and how they came about, with names as Python writes them. */
export function exportedConfig({ record, checkpoint }: StoredRun, { vocabulary, blockSize }: ExportedData): string {
  const { preset, options, source, created } = record;
  const { step, flavor, evaluations, model } = checkpoint;
  const { smoothing } = model;
  const hyperparameters = { ...preset.hyperparameters, ...(smoothing !== undefined && { smoothing }) };
  const named = Object.entries(hyperparameters).map(([name, value]) => [snakeCase(name), value] as const);
  const config = {
    format,
    preset: preset.id,
    model: preset.model,
    hyperparameters: Object.fromEntries(named),
    block_size: blockSize,
    vocab_size: vocabulary.itos.length,
    boundary: options.boundary,
    reading: options.reading,
    itos: vocabulary.itos,
    purpose: options.purpose,
    source: source.name,
    created: new Date(created).toISOString(),
    engine: flavor,
    step,
    evaluations,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** `nEmbd` as `n_embd`, `w1Scale` as `w1_scale`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, capital => `_${capital.toLowerCase()}`);
}
