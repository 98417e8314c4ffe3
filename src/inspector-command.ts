import { hyperparameterNames, hyperparameterProblem, type Hyperparameters } from './shared/hyperparameters';
import type { InspectorCommand } from './shared/protocol';
import { sampleRequestProblem, type SampleRequest } from './shared/sampling';

type Fields = Readonly<Record<string, unknown>>;

/** What a webview posted, checked before it is used; undefined for anything that is no command. */
export function parseInspectorCommand(message: unknown): InspectorCommand | undefined {
  if (!isFields(message)) return undefined;
  const { type } = message;
  switch (type) {
    case 'pause':
    case 'resume':
    case 'step':
    case 'stop':
    case 'ready':
    case 'train':
    case 'findLearningRate':
    case 'overfit':
    case 'copySamples':
    case 'openSamples':
      return { type };
    case 'focus':
      return typeof message.focused === 'boolean' ? { type, focused: message.focused } : undefined;
    case 'smooth': {
      const { smoothing } = message;
      return typeof smoothing === 'number' && !hyperparameterProblem('smoothing', smoothing)
        ? { type, smoothing }
        : undefined;
    }
    case 'watch':
      return isShortStrings(message.names) ? { type, names: message.names } : undefined;
    case 'restart':
      return isHyperparameters(message.hyperparameters)
        ? { type, hyperparameters: message.hyperparameters }
        : undefined;
    case 'sample': {
      const request = parseSampleRequest(message.request);
      return request && { type, request };
    }
    default:
      return undefined;
  }
}

function parseSampleRequest(value: unknown): SampleRequest | undefined {
  if (!isFields(value)) return undefined;
  const { count, seed, temperature, topK, prefix, sampler, bigram } = value;
  if (![count, seed, temperature, topK].every(n => typeof n === 'number')) return undefined;
  if (typeof prefix !== 'string' || prefix.length > 1000 || typeof sampler !== 'string') return undefined;
  if (bigram !== undefined && !isBigram(bigram)) return undefined;
  const request = { count, seed, temperature, topK, prefix, sampler, ...(bigram && { bigram }) } as SampleRequest;
  return sampleRequestProblem(request) ? undefined : request;
}

/** Two characters, each one code point. */
export function isBigram(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every(c => typeof c === 'string' && [...c].length === 1);
}

export function isHyperparameters(value: unknown): value is Hyperparameters {
  return (
    isFields(value) &&
    Object.entries(value).every(([name, v]) => {
      const known = hyperparameterNames.find(n => n === name);
      return known !== undefined && !hyperparameterProblem(known, v);
    })
  );
}

function isShortStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 1000 && value.every(v => typeof v === 'string' && v.length <= 200);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
