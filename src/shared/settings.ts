/** The settings, one row each: what can stand there, and what is taken where nothing does. */
import { quote, SettingError } from './errors';
import { defaultMemoryLimit } from './limits';
import { presets } from './presets';
import {
  boundaryProblem,
  defaultPace,
  defaultRunOptions,
  engineIds,
  largestMaxLength,
  splitProblem,
  type SplitShares,
} from './run';
import { samplerFamilies } from './sampling';

interface Setting<T> {
  /** What can stand there, to be read after "It must be". */
  readonly allowed: string;
  /** As in package.json, to be read like anything else that stands there. */
  readonly default: unknown;
  readonly choices?: readonly T[];
  readonly range?: readonly [min: number, max: number];
  /** Undefined for what cannot stand there. */
  read(value: unknown): T | undefined;
}

function choice<T extends string>(choices: readonly T[], first: T, allowed = choices.join(', ')): Setting<T> {
  return { allowed, default: first, choices, read: value => choices.find(known => known === value) };
}

function number(min: number, max: number, initial: number, integer = false): Setting<number> {
  const [from, to] = [min, max].map(bound => bound.toLocaleString('en-US'));
  const fits = (value: unknown): value is number =>
    typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));
  return {
    allowed: `a ${integer ? 'whole number' : 'number'} from ${from} to ${to}`,
    default: initial,
    range: [min, max],
    read: value => (fits(value) ? value : undefined),
  };
}

function toggle(initial: boolean): Setting<boolean> {
  return {
    allowed: 'true or false',
    default: initial,
    read: value => (typeof value === 'boolean' ? value : undefined),
  };
}

const { train, dev, test, seed } = defaultRunOptions.split;

export const settings = {
  preset: choice(
    ['', ...presets.map(({ id }) => id)],
    '',
    `empty, or one of ${presets.map(({ id }) => id).join(', ')}`,
  ),
  engine: choice(engineIds, defaultRunOptions.engine),
  boundary: {
    allowed: 'one visible character',
    default: defaultRunOptions.boundary,
    read(value: unknown): string | undefined {
      const boundary = typeof value === 'string' ? value.normalize('NFC') : undefined; // like the names
      return boundary === undefined || boundaryProblem(boundary) ? undefined : boundary;
    },
  },
  lowerCase: toggle(false),
  dropRepeatedNames: toggle(false),
  sampler: choice(samplerFamilies, defaultRunOptions.sampler),
  split: {
    allowed: 'three whole percentages that add up to 100, such as 80/10/10',
    default: `${train}/${dev}/${test}`,
    read: readSplit,
  },
  splitSeed: number(0, 2 ** 32 - 1, seed, true),
  maxLength: number(0, largestMaxLength, defaultRunOptions.maxLength, true),
  memoryLimit: number(0.25, 64, defaultMemoryLimit / 2 ** 30),
  'checkpoints.seconds': number(1, 10, defaultPace.checkpointSeconds),
  'checkpoints.percent': number(1, 50, defaultPace.checkpointPercent),
  'rates.losses': number(1, 30, defaultPace.lossesPerSecond),
  'rates.pictures': number(1, 10, defaultPace.picturesPerSecond),
  'runs.keep': number(1, 1000, 50, true),
  runButton: toggle(true),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
export type SettingValue<N extends SettingName> = NonNullable<ReturnType<(typeof settings)[N]['read']>>;

/**
 * What a setting means: null is as if it were not set.
 *
 * @throws SettingError that quotes what stands there, and says what can
 */
export function readSetting<N extends SettingName>(name: N, value: unknown): SettingValue<N> {
  const setting: Setting<unknown> = settings[name];
  const read = setting.read(value ?? setting.default);
  if (read === undefined) {
    const id = `makemore.${name}`;
    throw new SettingError(id, `The setting ${id} is "${quote(value)}": it must be ${setting.allowed}.`);
  }
  return read as SettingValue<N>; // since the row has this name
}

/** The number closest to what stands there: a limit that is out of range need not stop anybody. */
export function nearestSetting(name: NumberSetting, value: unknown): number {
  const { range, default: initial } = settings[name];
  const [min, max] = range ?? [-Infinity, Infinity];
  return Math.min(max, Math.max(min, typeof value === 'number' ? value : Number(initial)));
}

type NumberSetting = {
  [N in SettingName]: (typeof settings)[N] extends Setting<number> ? N : never;
}[SettingName];

function readSplit(value: unknown): Omit<SplitShares, 'seed'> | undefined {
  const shares = typeof value === 'string' ? /^(\d+)\/(\d+)\/(\d+)$/.exec(value.replace(/\s/g, '')) : null;
  if (!shares) return undefined;
  const [train = NaN, dev = NaN, test = NaN] = shares.slice(1).map(Number);
  return splitProblem({ train, dev, test, seed }) ? undefined : { train, dev, test };
}
