import type { ModelId } from '../../shared/models';
import { bigram } from './bigram';
import { bigramNet } from './bigram-net';
import { bow } from './bow';
import { deepMlp } from './deep-mlp';
import { gru } from './gru';
import { makemoreBigram } from './makemore-bigram';
import { makemoreMlp } from './makemore-mlp';
import { mlp } from './mlp';
import type { Model } from './model';
import { oneNeuron } from './one-neuron';
import { rnn } from './rnn';
import { transformer } from './transformer';
import { trigram } from './trigram';
import { trigramNet } from './trigram-net';
import { wavenet } from './wavenet';

/** What each model computes: a file and a line each. */
export const modelDefinitions: Readonly<Record<ModelId, Model>> = {
  bigram,
  trigram,
  'one-neuron': oneNeuron,
  'bigram-net': bigramNet,
  'trigram-net': trigramNet,
  mlp,
  'deep-mlp': deepMlp,
  wavenet,
  'makemore-bigram': makemoreBigram,
  'makemore-mlp': makemoreMlp,
  rnn,
  gru,
  bow,
  transformer,
};
