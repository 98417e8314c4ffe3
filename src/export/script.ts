import type { Preset } from '../shared/presets';
import { exportedModels } from './models';
import begin from './python/begin.py';
import end from './python/end.py';

/**
 * A Python script that draws names from the exported model of a preset: it reads `model.safetensors` and `config.json`
 * beside it, and contains this one model and all samplers.
 */
export function sampleScript({ model, hyperparameters }: Preset): string {
  return [begin, ...exportedModels[model].python(hyperparameters), end].join('\n\n');
}
