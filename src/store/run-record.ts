import { createHash } from 'node:crypto';
import { quote } from '../shared/errors';
import { hyperparameterNames, hyperparameterProblem, type HyperparameterName } from '../shared/hyperparameters';
import { presets, type Preset } from '../shared/presets';
import {
  boundaryProblem,
  splitProblem,
  type Purpose,
  type RunOptions,
  type Source,
  type SplitShares,
} from '../shared/run';
import { decodeReading, plainReading } from '../shared/reading';
import { settings } from '../shared/settings';
import { isFields, isNatural } from '../shared/fields';
import { DamagedFileError } from './safetensors';
import { isPlainText, toPlainText } from './stored-text';

/** What a run is, written when it starts, and again if its file moves. With the names it gives the same first weights again. */
export interface RunRecord {
  readonly id: string;
  readonly source: Source;
  readonly preset: Preset;
  readonly options: RunOptions;
  /** SHA-256 of the text of names. */
  readonly names: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

const format = 1;
const noChecksum = '0'.repeat(64);
const purposes: readonly Purpose[] = ['train', 'rangeTest', 'overfit'];
/** No file name or address is longer. */
const longestText = 10_000;
/** The last moment that a date can have. */
const lastMoment = 8.64e15;

export function encodeRecord({ preset, ...record }: RunRecord): string {
  const { id, hyperparameters } = preset;
  const fields = { format, checksum: noChecksum, ...record, preset: { id, hyperparameters } };
  const text = `${JSON.stringify(fields, undefined, 2)}\n`;
  return text.replace(noChecksum, sha256(text));
}

/** @throws DamagedFileError that says what cannot be used */
export function decodeRecord(text: string): RunRecord {
  verifyChecksum(text);
  const { format: written, id, source, preset, options, names, created } = fieldsOf(parse(text), 'it');
  if (written !== format)
    throw new DamagedFileError(`its format is ${quote(written)}, and ${format} is what can be read`);
  if (!isText(id) || !isText(names)) throw new DamagedFileError('it is incomplete');
  if (!isNatural(created) || created > lastMoment)
    throw new DamagedFileError(`it says that the run began at ${quote(created)}`);
  return {
    id,
    names,
    created,
    source: decodeSource(source),
    preset: decodePreset(preset),
    options: decodeOptions(options),
  };
}

/** Without a checksum, nobody would notice a changed seed or learning rate. */
function verifyChecksum(text: string): void {
  const checksum = /"checksum": "([0-9a-f]{64})"/.exec(text)?.[1];
  if (checksum === undefined) throw new DamagedFileError('it has no checksum');
  if (sha256(text.replace(checksum, noChecksum)) !== checksum) throw new DamagedFileError('its checksum is wrong');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DamagedFileError('it is not JSON');
  }
}

function decodeSource(value: unknown): Source {
  const { name, uri } = fieldsOf(value, 'its source');
  if (typeof name !== 'string') throw new DamagedFileError('its source is incomplete');
  const plain = toPlainText(name);
  if (!isText(plain) || !isText(uri)) throw new DamagedFileError('its source is incomplete');
  return { name: plain, uri };
}

function decodePreset(value: unknown): Preset {
  const { id, hyperparameters: given } = fieldsOf(value, 'its preset');
  const preset = presets.find(known => known.id === id);
  if (!preset) throw new DamagedFileError(`there is no preset ${quote(id)}`);
  const values = americanNames(fieldsOf(given, 'its hyperparameters'));
  const hyperparameters: Partial<Record<HyperparameterName, number>> = {};
  for (const name of hyperparameterNames) {
    if (!Object.hasOwn(preset.hyperparameters, name)) continue;
    const value = values[name];
    const problem = hyperparameterProblem(name, value);
    if (problem !== undefined || typeof value !== 'number') throw new DamagedFileError(problem);
    hyperparameters[name] = value;
  }
  return { ...preset, hyperparameters };
}

/** Earlier versions wrote these two hyperparameters in British spelling. */
function americanNames(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { regularisation, normaliseTime, ...rest } = values;
  return {
    ...rest,
    ...(regularisation !== undefined && { regularization: regularisation }),
    ...(normaliseTime !== undefined && { normalizeTime: normaliseTime }),
  };
}

function decodeOptions(value: unknown): RunOptions {
  const { engine, boundary, purpose, split, sampler, ...later } = fieldsOf(value, 'its options');
  const { maxLength = 0, reading: written = plainReading } = later; // the records of earlier versions lack them
  const reading = decodeReading(written);
  const knownEngine = settings.engine.read(engine);
  const knownPurpose = purposes.find(id => id === purpose);
  const family = settings.sampler.read(sampler);
  if (!knownEngine || !knownPurpose || !family || !reading || !isText(boundary) || boundaryProblem(boundary))
    throw new DamagedFileError('its options cannot be used');
  const longest = settings.maxLength.read(maxLength);
  if (longest === undefined) throw new DamagedFileError(`its longest name would have ${quote(maxLength)} characters`);
  return {
    engine: knownEngine,
    boundary,
    purpose: knownPurpose,
    split: decodeSplit(split),
    sampler: family,
    reading,
    maxLength: longest,
  };
}

function decodeSplit(value: unknown): SplitShares {
  const { train, dev, test, seed } = fieldsOf(value, 'its split');
  if (typeof train !== 'number' || typeof dev !== 'number' || typeof test !== 'number' || typeof seed !== 'number')
    throw new DamagedFileError('its split is incomplete');
  const problem = splitProblem({ train, dev, test, seed });
  if (problem) throw new DamagedFileError(problem);
  return { train, dev, test, seed };
}

function fieldsOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (isFields(value)) return value;
  throw new DamagedFileError(`${what} is not an object`);
}

function isText(value: unknown): value is string {
  return isPlainText(value, longestText);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
