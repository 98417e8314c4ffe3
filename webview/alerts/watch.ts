import type { RunState } from '../../src/shared/run-state';
import { Changes } from '../draw/changes';
import { LossWindows } from '../draw/line/loss-windows';
import { activationRows, type Activations } from '../panels/parts/activation-rows';
import { judgedAt } from './neuron-rules';
import { raised, type RaisedAlert } from './rules';

/** A neuron that is saturated in one batch often is not in the next. The hint stays for this many looks, so that it does not flicker. */
const steadyLooks = 8;

/** Follows a run, and knows at any time what is wrong with it. */
export class AlertWatch {
  private readonly smoothed = new LossWindows();
  private throughout: { readonly layer: string; looksLeft: number } | undefined;
  private alerts: readonly RaisedAlert[] = [];
  private readonly changedRun = new Changes();
  private readonly changedLook = new Changes();
  private readonly changed = new Changes();

  /** @returns the same object until anything has changed */
  update(state: RunState): readonly RaisedAlert[] {
    const { smoothed } = this;
    const { losses, info, preset, inspection, layerHistory, updateHistory, evaluations, leastActivations, status } =
      state;
    if (this.changedRun.of(preset, info)) {
      smoothed.reset();
      this.throughout = undefined;
    }
    smoothed.update(losses.values, losses.length);
    if (this.changedLook.of(inspection)) this.lookForNeurons(state);
    const { windows, size } = smoothed;
    const looks = [layerHistory, updateHistory, evaluations, leastActivations, this.throughout?.layer];
    if (this.changed.of(preset, info, status, state.divergence, windows.length, size, inspection, ...looks))
      this.alerts = raised({ state, smoothed, throughout: this.throughout?.layer });
    return this.alerts;
  }

  private lookForNeurons({ inspection }: RunState): void {
    const { layers = [], tensors, batch } = inspection ?? {};
    const found = layers.find(({ kind, name }) => {
      const h = kind === 'tanh' && batch ? tensors?.[name] : undefined;
      return h && batch && hasSaturatedNeuron(activationRows(h, batch));
    });
    if (found) this.throughout = { layer: found.name, looksLeft: steadyLooks };
    else if (this.throughout && --this.throughout.looksLeft <= 0) this.throughout = undefined;
  }
}

function hasSaturatedNeuron({ values, width, rows }: Activations): boolean {
  return (
    rows.length > 0 &&
    Array.from({ length: width }, (_, neuron) => neuron).some(neuron =>
      rows.every((_, row) => Math.abs(values[row * width + neuron] ?? 0) > judgedAt),
    )
  );
}
