import type { Batch, LeastActivations } from '../../../src/shared/inspection';
import type { RunInfo, WatchedTensor } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { judgedAt } from '../../alerts/neuron-rules';
import { Changes } from '../../draw/changes';
import { activationRows, type Activations } from '../parts/activation-rows';
import type { SaturationChoice } from './choice';
import { deadNeurons, saturationMask, type DeadNeurons, type SaturationMask } from './mask';

/** A layer as it was last seen, and what is saturated there at the chosen threshold. */
export interface SaturationLook {
  readonly layer: SeenLayer;
  readonly threshold: number;
  readonly mask: SaturationMask;
  /** By layer, where the train split has been searched. The threshold of the picture has no say: at 0 all would be dead. */
  readonly dead: readonly DeadNeurons[];
}

export interface SeenLayer {
  readonly name: string;
  readonly h: WatchedTensor;
  readonly activations: Activations;
  readonly batch: Batch;
  readonly info: RunInfo;
}

/** Follows a run. The last look stays until the chosen layer is seen. */
export class SaturationLooks {
  private seen: SeenLayer | undefined;
  private look: SaturationLook | undefined;
  private readonly changed = new Changes();

  /** @returns a new object whenever anything has changed */
  update(state: RunState, { layer, threshold }: SaturationChoice): SaturationLook | undefined {
    const { inspection, info, leastActivations } = state;
    if (info !== this.seen?.info) this.seen = this.look = undefined;
    const h = layer === undefined ? undefined : inspection?.tensors[layer];
    const batch = inspection?.batch;
    if (layer !== undefined && h && batch && info && h !== this.seen?.h)
      this.seen = { name: layer, h, activations: activationRows(h, batch), batch, info };
    if (this.seen && this.changed.of(this.seen, threshold, leastActivations))
      this.look = judge(this.seen, threshold, leastActivations);
    return this.look;
  }
}

function judge(layer: SeenLayer, threshold: number, least?: LeastActivations): SaturationLook {
  const mask = saturationMask(layer.activations, threshold);
  return { layer, threshold, mask, dead: least ? deadNeurons(least, judgedAt) : [] };
}
