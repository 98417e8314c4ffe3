import type { RunState } from '../shared/run-state';
import type { Evaluation } from '../shared/run';

/** What the inspector looked at while a run trained. */
export type Looks = Pick<RunState, 'layerHistory' | 'updateHistory' | 'inspection'>;

/** The minibatch loss of every step, before its update, in nats per character. */
export function lossesCsv(losses: Float32Array): string {
  return csv(
    ['step', 'loss'],
    Array.from(losses, (loss, step) => [step, float32(loss)]),
  );
}

/**
 * Nats per character over whole splits, by the number of updates; empty if a split does not exist or was not evaluated. The
 * last two columns are with the statistics of the whole train split instead of the running ones.
 */
export function evaluationsCsv(evaluations: readonly Evaluation[]): string {
  return csv(
    ['step', 'train', 'dev', 'test', 'train_calibrated', 'dev_calibrated'],
    evaluations.map(({ step, train, dev, test, calibrated }) => [
      step,
      train,
      dev,
      test,
      calibrated?.train,
      calibrated?.dev,
    ]),
  );
}

/**
 * A row for every layer and every matrix at every step that was watched. `kind` is tanh, preactivation or hidden for a
 * layer's output: `mean`, `std`, `saturated` (the share beyond the threshold) and the `grad_mean` and `grad_std` of its
 * gradient. It is matrix for a parameter: `log10_update_to_data`, of the standard deviations.
 */
export function diagnosticsCsv({ layerHistory, updateHistory, inspection }: Looks): string {
  const layers = layerHistory.flatMap(({ step, layers }) =>
    layers.map(({ name, kind, mean, std, saturated, gradMean, gradStd }) => [
      step,
      kind,
      name,
      mean,
      std,
      saturated,
      gradMean,
      gradStd,
      undefined,
    ]),
  );
  const matrices = updateHistory.flatMap(({ step, ratios }) =>
    ratios.map((ratio, i) => [
      step,
      'matrix',
      inspection?.parameters?.[i]?.name,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      ratio,
    ]),
  );
  return csv(
    ['step', 'kind', 'name', 'mean', 'std', 'saturated', 'grad_mean', 'grad_std', 'log10_update_to_data'],
    [...layers, ...matrices],
  );
}

type Cell = number | string | null | undefined;

/** As in RFC 4180: lines end in CRLF, and a cell with a comma, a quote or a line break is quoted. */
function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map(row => `${row.map(cellText).join()}\r\n`).join('');
}

function cellText(cell: Cell): string {
  const text = String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Nine digits distinguish every float32 from its neighbors. */
function float32(value: number): number {
  return Number(value.toPrecision(9));
}
