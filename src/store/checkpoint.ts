import type { BrokenStep } from '../shared/divergence';
import { quote } from '../shared/errors';
import { trainingStatuses, type Evaluation, type RunFacts, type TrainingStatus } from '../shared/run';
import { isNatural, isFields } from '../shared/fields';
import { decodeSafetensors, DamagedFileError, encodeSafetensors, metadataKey, type StoredTensor } from './safetensors';
import { decodeFacts } from './run-facts';
import { isPlainText } from './stored-text';

/** With the record of a run and its names, everything that it takes to continue as if it had never stopped. */
export interface Checkpoint {
  /** The run's, so that its checkpoint is not mistaken for another's. */
  readonly id: string;
  /** Updates made so far. */
  readonly step: number;
  readonly status: TrainingStatus;
  /** Which engine executed the steps, and with which instructions: the same flavor gives the same numbers to the last bit. */
  readonly flavor: string;
  readonly model: ModelState;
  /** One for every step from 0 on. */
  readonly losses: Float32Array;
  readonly evaluations: readonly Evaluation[];
  /** Of a run that has diverged: the first loss that was not finite, later than this checkpoint. */
  readonly broken?: BrokenStep;
  /** For those who look at the run without its model. */
  readonly facts?: RunFacts;
}

/** What a model has learned, and the state of its random numbers. */
export interface ModelState {
  readonly step: number;
  /** Parameters, running statistics, and the optimizer's moments. */
  readonly variables: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;
  /** The state of the generator that draws the minibatches. */
  readonly generator?: Uint32Array;
  /** A counting model's. */
  readonly smoothing?: number;
}

/** AdamW's moments of a parameter are variables too: they have its name with one of these suffixes, which are PyTorch's. */
export const momentSuffixes = { mean: '.exp_avg', square: '.exp_avg_sq' } as const;

/** Whether a variable belongs to the optimizer rather than the model. */
export function isRemembered(variable: string): boolean {
  return Object.values(momentSuffixes).some(suffix => variable.endsWith(suffix));
}

/** What a list of runs shows; it takes only the beginning of the file. */
export interface CheckpointSummary extends Pick<Checkpoint, 'id' | 'step' | 'status' | 'flavor' | 'evaluations'> {
  /** The mean of the last minibatch losses. */
  readonly loss: number | null;
  /** A counting model's. */
  readonly smoothing?: number;
}

const format = '1';
const losses = 'losses';
const generator = 'generator';
const variablePrefix = 'variable:';
/** No id, no name of an engine or of a variable is longer. */
const longestText = 200;
/** The loss in the summary is the mean of this many minibatch losses. */
const recentLosses = 100;

/** @returns the parts of the file in their order */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array[] {
  const { id, step, status, flavor, evaluations, model, broken, facts } = checkpoint;
  const recent = checkpoint.losses.subarray(-recentLosses);
  const loss = recent.length > 0 ? recent.reduce((sum, v) => sum + v, 0) / recent.length : null;
  const { smoothing } = model;
  // `engine` is what the flavor is called on the disk.
  const state = {
    ...{ id, step, status, engine: flavor, loss, evaluations },
    ...(smoothing !== undefined && { smoothing }),
    ...(facts && { facts }),
    ...(broken && { broken: { ...broken, loss: String(broken.loss) } }), // which JSON has no number for
  };
  const variables = Object.entries(model.variables).map(
    ([name, tensor]) => [`${variablePrefix}${name}`, tensor] as const,
  );
  return encodeSafetensors({
    metadata: { format, state: JSON.stringify(state) },
    tensors: {
      ...Object.fromEntries(variables),
      ...(model.generator && { [generator]: vector(model.generator) }),
      [losses]: vector(checkpoint.losses),
    },
  });
}

/** @throws DamagedFileError for anything that `encodeCheckpoint` has not written */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { metadata, tensors } = decodeSafetensors(bytes);
  const state = parseState(metadata);
  const { loss: _, smoothing, ...summary } = summaryOf(state);
  const variables = Object.entries(tensors).flatMap(([name, { shape, values }]) =>
    name.startsWith(variablePrefix) && values instanceof Float32Array
      ? [[name.slice(variablePrefix.length), { shape, values }] as const]
      : [],
  );
  for (const [name] of variables)
    if (!isPlainText(name, longestText) || name === metadataKey)
      throw new DamagedFileError(`it has a variable that is called ${quote(name)}`);
  const drawn = tensors[generator]?.values;
  const history = tensors[losses]?.values;
  if (!(history instanceof Float32Array)) throw new DamagedFileError('it has no losses');
  const { length } = history;
  if (length !== summary.step) throw new DamagedFileError(`it has ${length} losses of ${summary.step} steps`);
  const broken = brokenOf(state);
  const facts = decodeFacts(state.facts);
  return {
    ...summary,
    ...(facts && { facts }),
    ...(broken && { broken }),
    losses: history,
    model: {
      step: summary.step,
      variables: Object.fromEntries(variables),
      ...(drawn instanceof Uint32Array && { generator: drawn }),
      ...(smoothing !== undefined && { smoothing }),
    },
  };
}

/** @throws DamagedFileError */
export function decodeSummary(metadata: Readonly<Record<string, string>>): CheckpointSummary {
  return summaryOf(parseState(metadata));
}

type Fields = Readonly<Record<string, unknown>>;

function parseState(metadata: Readonly<Record<string, string>>): Fields {
  if (metadata.format !== format)
    throw new DamagedFileError(`its format is ${quote(metadata.format)}, and ${format} is what can be read`);
  try {
    const state: unknown = JSON.parse(metadata.state ?? '');
    return isFields(state) ? state : {};
  } catch {
    throw new DamagedFileError('its state is not JSON');
  }
}

function summaryOf({ id, step, status, engine: flavor, loss, evaluations, smoothing }: Fields): CheckpointSummary {
  if (!isPlainText(id, longestText) || !isPlainText(flavor, longestText) || !isNatural(step) || !isStatus(status))
    throw new DamagedFileError('its state is incomplete');
  if (!Array.isArray(evaluations) || !evaluations.every(isEvaluation))
    throw new DamagedFileError('its evaluations cannot be read');
  if (smoothing !== undefined && !isSmoothing(smoothing))
    throw new DamagedFileError(`its smoothing is ${quote(smoothing)}`);
  const summary = { id, step, status, flavor, loss: typeof loss === 'number' ? loss : null, evaluations };
  return smoothing === undefined ? summary : { ...summary, smoothing };
}

function brokenOf({ broken }: Fields): BrokenStep | undefined {
  if (broken === undefined) return undefined;
  const { step, loss, learningRate } = isFields(broken) ? broken : {};
  if (!isNatural(step) || typeof learningRate !== 'number' || Number.isFinite(Number(loss)))
    throw new DamagedFileError('where its loss was not a number cannot be read');
  return { step, loss: Number(loss), learningRate };
}

function isStatus(value: unknown): value is Checkpoint['status'] {
  return trainingStatuses.some(status => status === value);
}

function isEvaluation(value: unknown): value is Evaluation {
  if (!isFields(value)) return false;
  const { step, calibrated, ...others } = value;
  const isLoss = (loss: unknown): boolean => loss === null || typeof loss === 'number';
  const isCalibrated = calibrated === undefined || Object.values(calibrated ?? {}).every(isLoss);
  return isNatural(step) && Object.values(others).every(isLoss) && isCalibrated;
}

/** It is added to counts, and need not be whole. */
function isSmoothing(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function vector(values: Float32Array | Uint32Array): StoredTensor {
  return { shape: [values.length], values };
}
