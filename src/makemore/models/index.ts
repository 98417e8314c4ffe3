import type { ModelId } from '../../shared/presets';
import { bigram } from './bigram';
import { bigramNet } from './bigram-net';
import { deepMlp } from './deep-mlp';
import { mlp } from './mlp';
import type { Model } from './model';

/** Every model: one file and one line each. */
export const models: Readonly<Record<ModelId, Model>> = {
  bigram,
  'bigram-net': bigramNet,
  mlp,
  'deep-mlp': deepMlp,
};
