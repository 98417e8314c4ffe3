import type { TorchGenerator } from '../makemore/random';
import { at } from '../shared/at';
import { batchSpecs, emptyBatch, type BatchInputs, type ExampleSource } from './split-examples';
import type { SplitName } from './trainer';

/** The first batch of a run, again and again: a model that cannot fit it learns nothing from the rest either. */
export class OneBatch implements ExampleSource {
  readonly counts;
  readonly targets;
  /** The least loss in nats that the batch allows a model that sees so much of it. */
  readonly floor: number;
  private readonly batch: BatchInputs;

  constructor(
    private readonly source: ExampleSource,
    rows: number,
    blockSize: number,
    g: TorchGenerator,
    isFull: boolean,
    /** How many of the last characters the model looks at. */
    seen = blockSize,
  ) {
    this.counts = source.counts;
    this.targets = source.targets;
    this.batch = emptyBatch(batchSpecs(rows, blockSize, source.targets));
    if (isFull) source.fillFullBatch(this.batch);
    else source.drawBatch(this.batch, g);
    this.floor = leastLoss(this.batch, blockSize, source.targets, seen);
  }

  drawBatch(inputs: BatchInputs): void {
    for (const name of ['x', 'y', 'weights'] as const) inputs[name].set(this.batch[name]);
  }

  fullBatchRows(): number {
    return this.source.fullBatchRows();
  }

  fillFullBatch(inputs: BatchInputs): void {
    this.drawBatch(inputs);
  }

  rowsOf(split: SplitName): number | null {
    return this.source.rowsOf(split);
  }

  fill(inputs: BatchInputs, split: SplitName, start: number): void {
    this.source.fill(inputs, split, start);
  }
}

/**
 * The entropy of the targets, given their contexts, in nats: if a context has several targets, no model can be sure.
 *
 * @param targets of one row; in a sequence the context of a target is what comes before it
 * @param seen how many of the last characters of a context the model looks at
 */
export function leastLoss(
  { x, y, weights }: BatchInputs,
  blockSize: number,
  targets: number,
  seen = blockSize,
): number {
  const byContext = new Map<string, Map<number, number>>();
  y.forEach((target, i) => {
    const weight = at(weights, i);
    if (weight === 0) return;
    const row = Math.floor(i / targets) * blockSize;
    const length = targets === 1 ? blockSize : (i % targets) + 1;
    const context = x.subarray(row + Math.max(0, length - seen), row + length).join();
    const ofContext = byContext.get(context) ?? new Map<number, number>();
    byContext.set(context, ofContext.set(target, (ofContext.get(target) ?? 0) + weight));
  });
  let loss = 0;
  for (const ofContext of byContext.values()) {
    const total = [...ofContext.values()].reduce((sum, weight) => sum + weight, 0);
    for (const weight of ofContext.values()) loss -= weight * Math.log(weight / total);
  }
  return loss;
}
