import { isBigram, isCharacter, isTrigram } from '../../shared/characters';
import { parseArrangement } from '../../shared/arrangement';
import { hyperparameterProblem, isHyperparameters } from '../../shared/hyperparameters';
import type { WalkRequest, Watch } from '../../shared/inspection';
import type { InspectorCommand } from '../../shared/protocol';
import { sampleRequestProblem, type SampleRequest } from '../../shared/sampling';

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
    case 'trainAgain':
    case 'resumeRun':
    case 'findLearningRate':
    case 'overfit':
    case 'copySamples':
    case 'openSamples':
    case 'findDeadNeurons':
    case 'endComparison':
    case 'unmarkPlaces':
      return { type };
    case 'markPlaces': {
      const { characters } = message;
      return isBigram(characters) || isTrigram(characters) ? { type, characters } : undefined;
    }
    case 'goToLine': {
      const { line } = message;
      return typeof line === 'number' && Number.isInteger(line) && line >= 0 ? { type, line } : undefined;
    }
    case 'countTrigrams': {
      const { first } = message;
      return isCharacter(first) ? { type, first } : undefined;
    }
    case 'focus':
      return typeof message.focused === 'boolean' ? { type, focused: message.focused } : undefined;
    case 'picture': {
      const { panel, png } = message;
      return isPanelId(panel) && isPng(png) ? { type, panel, png } : undefined;
    }
    case 'arrange': {
      const arrangement = parseArrangement(message.arrangement);
      return arrangement && { type, arrangement };
    }
    case 'smooth': {
      const { smoothing } = message;
      return typeof smoothing === 'number' && !hyperparameterProblem('smoothing', smoothing)
        ? { type, smoothing }
        : undefined;
    }
    case 'watch': {
      const watch = parseWatch(message.watch);
      return watch && { type, watch };
    }
    case 'restart':
      return isHyperparameters(message.hyperparameters)
        ? { type, hyperparameters: { ...message.hyperparameters } }
        : undefined;
    case 'sample': {
      const request = parseSampleRequest(message.request);
      return request && { type, request };
    }
    default:
      return undefined;
  }
}

function parseWatch(value: unknown): Watch | undefined {
  if (!isFields(value)) return undefined;
  const { tensors, layers, updates, batchNorms, batch, samples, walk } = value;
  const flags = { layers, updates, batchNorms, batch, samples };
  if (!isShortStrings(tensors) || !Object.values(flags).every(flag => typeof flag === 'boolean')) return undefined;
  if (walk !== undefined && !isWalkRequest(walk)) return undefined;
  const walkOnly = walk && { walk: { text: walk.text, position: walk.position } };
  return { ...(flags as Omit<Watch, 'tensors' | 'walk'>), tensors, ...walkOnly };
}

function isWalkRequest(value: unknown): value is WalkRequest {
  if (!isFields(value)) return false;
  const { text, position } = value;
  return typeof text === 'string' && text.length <= 1000 && Number.isInteger(position) && Number(position) >= 0;
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

/** As it may stand in the name of a file. */
function isPanelId(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z-]{1,40}$/.test(value);
}

const mostPngBytes = 64 * 2 ** 20;
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function isPng(value: unknown): value is Uint8Array {
  return (
    value instanceof Uint8Array && value.length <= mostPngBytes && pngSignature.every((byte, i) => value[i] === byte)
  );
}

function isShortStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 1000 && value.every(v => typeof v === 'string' && v.length <= 200);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
