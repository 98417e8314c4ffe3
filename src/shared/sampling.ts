/** How names are drawn from a model. */
import { isBigram, type Bigram } from './characters';
import { accept, isFields, isNumber, isText, parseFields } from './fields';

interface SamplerSpec {
  readonly label: string;
  readonly help: string;
}

/** The three ways in which PyTorch's `multinomial` has drawn over the years: the same seed gives different names. */
export const samplers = {
  cdf: {
    label: 'cdf (lecture part 1)',
    help: 'One uniform number looked up in the running sum of the probabilities: torch.multinomial with replacement=True before PyTorch 2.0, as in the video of part 1.',
  },
  exponential: {
    label: 'exponential (parts 2 to 5, PyTorch today)',
    help: 'The largest of p / q with exponential noise q: torch.multinomial without replacement since 1.6, and for one draw always since 2.0.',
  },
  'exponential-mkl': {
    label: 'exponential, MKL (Intel builds)',
    help: "The same rule on PyTorch builds with Intel's MKL, which makes its noise with a generator of its own, seeded anew for every character.",
  },
} as const satisfies Record<string, SamplerSpec>;

export type SamplerFamily = keyof typeof samplers;
export const samplerFamilies = Object.keys(samplers) as SamplerFamily[];

/** Where a name stands: in a split of the data, or nowhere, which makes it new. */
export type Origin = 'train' | 'dev' | 'test' | 'new';

export interface SampleRequest {
  /** How many names are wanted, 1 to 1,000. */
  readonly count: number;
  readonly seed: number;
  readonly sampler: SamplerFamily;
  /** Logits are divided by it; 1 leaves the model as it is. */
  readonly temperature: number;
  /** Only the k most probable characters can be drawn; 0 means all. */
  readonly topK: number;
  /** Every name begins with it. */
  readonly prefix: string;
  /** Keep only names that hold this bigram, from up to 10,000 draws; the boundary stands for begin and end. */
  readonly bigram?: Bigram;
}

export interface SampledWord {
  readonly text: string;
  /** Whether the model had not ended the name at 1,000 characters, where it was cut. */
  readonly cut?: true;
  readonly origin: Origin;
}

const maxSamples = 1_000;
export const maxDraws = 10_000;

export const defaultSampleRequest: SampleRequest = {
  count: 20,
  seed: 2147483647,
  sampler: 'exponential',
  temperature: 1,
  topK: 0,
  prefix: '',
};

/** @returns why the request cannot be carried out, as a sentence, or undefined when it can. */
export function sampleRequestProblem(r: SampleRequest): string | undefined {
  const whole = (n: number, min: number, max: number): boolean => Number.isInteger(n) && n >= min && n <= max;
  if (!whole(r.count, 1, maxSamples))
    return `The number of names must be a whole number from 1 to ${maxSamples}, but it is ${r.count}.`;
  if (!whole(r.seed, 0, Number.MAX_SAFE_INTEGER))
    return `The seed must be a whole number from 0 to 9,007,199,254,740,991, but it is ${r.seed}.`;
  if (!(r.temperature >= 0.01 && r.temperature <= 100))
    return `The temperature must be a number from 0.01 to 100, but it is ${r.temperature}.`;
  if (!whole(r.topK, 0, 1_000_000))
    return `Top-k must be a whole number from 0 (all characters) to 1,000,000, but it is ${r.topK}.`;
  if (!samplerFamilies.includes(r.sampler))
    return `The sampler must be ${samplerFamilies.join(', ')}, but it is ${r.sampler}.`;
  return undefined;
}

const requestParsers = {
  count: accept(isNumber),
  seed: accept(isNumber),
  temperature: accept(isNumber),
  topK: accept(isNumber),
  prefix: accept(isText),
  sampler: accept(isSamplerFamily),
};

/** Undefined for anything that is not a request, and for one that cannot be carried out. */
export function parseSampleRequest(value: unknown): SampleRequest | undefined {
  if (!isFields(value)) return undefined;
  const request = parseFields(value, requestParsers);
  if (!request || sampleRequestProblem(request)) return undefined;
  const { bigram } = value;
  if (bigram === undefined) return request;
  return isBigram(bigram) ? { ...request, bigram } : undefined;
}

function isSamplerFamily(value: unknown): value is SamplerFamily {
  return samplerFamilies.some(family => family === value);
}
