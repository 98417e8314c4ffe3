import { quote } from '../shared/errors';
import type { Evaluation } from '../shared/run';
import { decodeSafetensors, DamagedFileError, encodeSafetensors, type StoredTensor, type Tensors } from './safetensors';

/** Everything by which a run goes on as if it had never stopped, but for what its record and its names tell. */
export interface Checkpoint {
  /** Of the run, so that no checkpoint is taken for another's. */
  readonly id: string;
  /** Updates made so far. */
  readonly step: number;
  readonly status: 'running' | 'paused' | 'finished' | 'stopped';
  /** Which executed the steps, and with which instructions: on the same ones the numbers are the same to the last bit. */
  readonly engine: string;
  readonly model: ModelState;
  /** Of every step from 0 on. */
  readonly losses: Float32Array;
  readonly evaluations: readonly Evaluation[];
}

/** What a model has learned, and where its random numbers are. */
export interface ModelState {
  readonly step: number;
  /** Parameters, running statistics, and what the optimizer remembers. */
  readonly variables: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;
  /** Of the generator that draws the minibatches. */
  readonly generator?: Uint32Array;
  /** Of a counting model. */
  readonly smoothing?: number;
}

/** What AdamW remembers of a parameter is a variable too: its name and, in PyTorch's words, one of these. */
export const momentSuffixes = { mean: '.exp_avg', square: '.exp_avg_sq' } as const;

/** Whether a variable is of the optimizer, and not of the model. */
export function isRemembered(variable: string): boolean {
  return Object.values(momentSuffixes).some(suffix => variable.endsWith(suffix));
}

/** What a list of runs shows, from the beginning of the file alone. */
export interface CheckpointSummary extends Pick<Checkpoint, 'id' | 'step' | 'status' | 'engine' | 'evaluations'> {
  /** The mean of the last minibatch losses. */
  readonly loss: number | null;
}

const format = '1';
const losses = 'losses';
const generator = 'generator';
const variablePrefix = 'variable:';
/** So many of the last minibatch losses make one that can be read. */
const recentLosses = 100;

export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array[] {
  const { id, step, status, engine, evaluations, model } = checkpoint;
  const recent = checkpoint.losses.subarray(-recentLosses);
  const loss = recent.length > 0 ? recent.reduce((sum, v) => sum + v, 0) / recent.length : null;
  const { smoothing } = model;
  const state = { id, step, status, engine, loss, evaluations, ...(smoothing !== undefined && { smoothing }) };
  const variables = Object.entries(model.variables).map(([name, tensor]) => [`${variablePrefix}${name}`, tensor]);
  return encodeSafetensors({
    metadata: { format, state: JSON.stringify(state) },
    tensors: {
      ...(Object.fromEntries(variables) as Tensors),
      ...(model.generator && { [generator]: vector(model.generator) }),
      [losses]: vector(checkpoint.losses),
    },
  });
}

/** @throws DamagedFileError for anything that `encodeCheckpoint` has not written */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { metadata, tensors } = decodeSafetensors(bytes);
  const { loss: _, ...summary } = decodeSummary(metadata);
  const { smoothing } = JSON.parse(metadata.state) as { smoothing?: unknown };
  const variables = Object.entries(tensors).flatMap(([name, { shape, values }]) =>
    name.startsWith(variablePrefix) && values instanceof Float32Array
      ? [[name.slice(variablePrefix.length), { shape, values }] as const]
      : [],
  );
  const drawn = tensors[generator] as StoredTensor | undefined;
  const history = tensors[losses] as StoredTensor | undefined;
  if (!(history?.values instanceof Float32Array)) throw new DamagedFileError('it has no losses');
  const { length } = history.values;
  if (length !== summary.step) throw new DamagedFileError(`it has ${length} losses of ${summary.step} steps`);
  if (smoothing !== undefined && !isSmoothing(smoothing))
    throw new DamagedFileError(`its smoothing is ${quote(smoothing)}`);
  return {
    ...summary,
    losses: history.values,
    model: {
      step: summary.step,
      variables: Object.fromEntries(variables),
      ...(drawn?.values instanceof Uint32Array && { generator: drawn.values }),
      ...(smoothing !== undefined && { smoothing }),
    },
  };
}

/** @throws DamagedFileError */
export function decodeSummary(metadata: Readonly<Record<string, string>>): CheckpointSummary {
  if (metadata.format !== format)
    throw new DamagedFileError(`its format is ${quote(metadata.format)}, and ${format} is what can be read`);
  const { id, step, status, engine, loss, evaluations } = parseState(metadata.state);
  if (typeof id !== 'string' || typeof engine !== 'string' || !isCount(step) || !isStatus(status))
    throw new DamagedFileError('its state is incomplete');
  if (!Array.isArray(evaluations) || !evaluations.every(isEvaluation))
    throw new DamagedFileError('its evaluations cannot be read');
  return { id, step, status, engine, loss: typeof loss === 'number' ? loss : null, evaluations };
}

function parseState(text: string | undefined): Record<string, unknown> {
  try {
    return (JSON.parse(text ?? '') ?? {}) as Record<string, unknown>;
  } catch {
    throw new DamagedFileError('its state is no JSON');
  }
}

function isStatus(value: unknown): value is Checkpoint['status'] {
  return ['running', 'paused', 'finished', 'stopped'].some(status => status === value);
}

function isEvaluation(value: unknown): value is Evaluation {
  if (typeof value !== 'object' || value === null) return false;
  const { step, calibrated, ...others } = value as Record<string, unknown>;
  const isLoss = (loss: unknown): boolean => loss === null || typeof loss === 'number';
  const isCalibrated = calibrated === undefined || Object.values(calibrated ?? {}).every(isLoss);
  return isCount(step) && Object.values(others).every(isLoss) && isCalibrated;
}

/** A count that is added to others, whole or not. */
function isSmoothing(value: unknown): value is number {
  return Number.isFinite(value) && Number(value) >= 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function vector(values: Float32Array | Uint32Array): StoredTensor {
  return { shape: [values.length], values };
}
