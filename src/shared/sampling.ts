/** How names are drawn from a model. */
import { isBigram, type Bigram } from './characters';
import { isFields, parseFields } from './fields';
import { choice, real, refusal, seed, whole, written, type Kind } from './kinds';
import { countCharacters } from './names';

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
    label: 'exponential, without MKL (notebooks, Apple silicon)',
    help: 'The largest of p / q with exponential noise q: torch.multinomial without replacement since 1.6, and for one draw always since 2.0.',
  },
  'exponential-mkl': {
    label: 'exponential, with MKL (Linux and Windows on x86, Colab)',
    help: "The same rule on PyTorch builds with Intel's MKL, which makes its noise with a generator of its own, seeded anew for every character.",
  },
} as const satisfies Record<string, SamplerSpec>;

export type SamplerFamily = keyof typeof samplers;
export const samplerFamilies = Object.keys(samplers) as SamplerFamily[];

/** Where a name stands: in a split of the data, or nowhere, which makes it new. */
export type Origin = 'train' | 'dev' | 'test' | 'new';

/** A model that never ends a name is stopped at so many characters; an untrained one takes about 27, at times 300. */
export const longestName = 1_000;

/** A row of what can be asked for. */
interface RequestField<T> extends Kind<T> {
  /** In a sentence about what is wrong with it. */
  readonly title: string;
  readonly help: string;
  readonly default: T;
}

/** What can be asked for, one row each: forms, flags, and checks follow from it. */
export const requestFields = {
  count: { ...whole(1, 1_000), title: 'The number of names', help: 'How many names are drawn.', default: 20 },
  seed: {
    ...seed,
    title: 'The seed',
    help: 'Starts the random numbers; only its low 32 bits count, as in PyTorch.',
    default: 2147483647,
  },
  sampler: {
    ...choice(samplerFamilies),
    title: 'The sampler',
    help: 'Which of the three ways of torch.multinomial to draw in.',
    default: 'exponential',
  },
  temperature: {
    ...real(0, 100),
    title: 'The temperature',
    help: 'softmax(logits / T): below 1 likely characters become likelier; 0 takes the likeliest.',
    default: 1,
  },
  topK: {
    ...whole(-1, 1_000_000),
    title: 'Top-k',
    help: 'Only the k most probable characters; 0 or -1 takes all.',
    default: 0,
  },
  prefix: {
    ...written(`a text of fewer than ${longestName.toLocaleString('en-US')} characters`, text =>
      countCharacters(text) < longestName ? text : undefined,
    ),
    title: 'The prefix',
    help: 'Every name begins with it.',
    default: '',
  },
} as const satisfies { readonly [F in keyof Fields]: RequestField<Fields[F]> };

interface Fields {
  readonly count: number;
  readonly seed: number;
  readonly sampler: SamplerFamily;
  readonly temperature: number;
  readonly topK: number;
  readonly prefix: string;
}

export interface SampleRequest extends Fields {
  /** Keep only names that hold this bigram, from up to 10,000 draws; the boundary stands for begin and end. */
  readonly bigram?: Bigram;
}

export interface SampledWord {
  readonly text: string;
  /** Whether the model had not ended the name at 1,000 characters, where it was cut. */
  readonly cut?: true;
  readonly origin: Origin;
}

export const maxDraws = 10_000;

const fieldNames = Object.keys(requestFields) as (keyof Fields)[];

export const defaultSampleRequest: SampleRequest = {
  count: requestFields.count.default,
  seed: requestFields.seed.default,
  sampler: requestFields.sampler.default,
  temperature: requestFields.temperature.default,
  topK: requestFields.topK.default,
  prefix: requestFields.prefix.default,
};

/** @returns why the request cannot be carried out, as a sentence, or undefined when it can. */
export function sampleRequestProblem(request: Readonly<Record<keyof Fields, unknown>>): string | undefined {
  const wrong = fieldNames.find(name => requestFields[name].read(request[name]) === undefined);
  return wrong && refusal(requestFields[wrong].title, requestFields[wrong], request[wrong]);
}

const parsers = {
  count: requestFields.count.read,
  seed: requestFields.seed.read,
  sampler: requestFields.sampler.read,
  temperature: requestFields.temperature.read,
  topK: requestFields.topK.read,
  prefix: requestFields.prefix.read,
};

/** Undefined for anything that is not a request, and for one that cannot be carried out. */
export function parseSampleRequest(value: unknown): SampleRequest | undefined {
  const request = parseFields(value, parsers);
  if (!request || !isFields(value)) return undefined;
  const { bigram } = value;
  if (bigram === undefined) return request;
  return isBigram(bigram) ? { ...request, bigram } : undefined;
}
