import { at } from '../../../src/shared/at';
import type { LayerLook } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { curveLook } from '../../draw/plot/curve-look';
import type { PlaneAxis } from '../../draw/plot/curve-picture';
import { formatInteger } from '../../draw/format';
import type { Theme } from '../../draw/theme';
import { coarsen, densityAxis, type DensityAt, type DrawnDensity, type NamedDensity } from '../parts/densities';
import type { LayerQuantity, Stage } from './quantity';

/** A layer at an earlier step. */
export interface LayerAt {
  readonly step: number;
  readonly layer: LayerLook;
}

/** At least the last look: a reload of the window may lose a long history. */
export function historyOf({ layerHistory, inspection }: RunState, name: string): LayerAt[] {
  const last = inspection?.layers ? [{ step: inspection.step, layers: inspection.layers }] : [];
  return (layerHistory.length > 0 ? layerHistory : last).flatMap(({ step, layers }) =>
    layers.filter(layer => layer.name === name).map(layer => ({ step, layer })),
  );
}

/** Name and numbers of each layer. */
export function layerRows(layers: readonly LayerLook[], { numbers }: LayerQuantity): string[][] {
  return layers.map(layer => [layer.name, ...numbers(layer)]);
}

/** Step and numbers of one layer. */
export function historyRows(history: readonly LayerAt[], { numbers }: LayerQuantity): string[][] {
  return history.map(({ step, layer }) => [formatInteger(step), ...numbers(layer)]);
}

export function densitiesOf(layers: readonly LayerLook[], { histogram }: LayerQuantity): NamedDensity[] {
  return layers.map(layer => ({ name: layer.name, histogram: histogram(layer) }));
}

export function withLooks(densities: readonly NamedDensity[], theme: Theme): DrawnDensity[] {
  return densities.map((density, i) => ({ ...density, look: curveLook(i, densities.length, theme) }));
}

/** For a ridge. */
export function densitiesAt(history: readonly LayerAt[], quantity: LayerQuantity, stage: Stage): DensityAt[] {
  const together = quantity.together(stage);
  return history.map(({ step, layer }) => ({ step, histogram: coarsen(quantity.histogram(layer), together) }));
}

export function axisOf(layers: readonly LayerLook[], quantity: LayerQuantity, stage: Stage): PlaneAxis {
  return densityAxis(layers.map(quantity.reach), quantity.titles[stage]);
}

/** The picture in a sentence. */
export function layersSummary(layers: readonly LayerLook[], quantity: LayerQuantity): string {
  const columns = quantity.columns(layers);
  const numbersOf = (layer: LayerLook): string =>
    quantity
      .numbers(layer)
      .map((text, i) => `${at(columns, i)} ${text}`)
      .join(', ');
  const each = layers.map(layer => `${layer.name} ${numbersOf(layer)}`);
  return `Density of each ${quantity.name}: ${each.join('; ')}`;
}

export function historySummary(history: readonly LayerAt[], { numbers }: LayerQuantity): string {
  const [first, last] = [at(history, 0), at(history, history.length - 1)];
  const stdOf = ({ layer }: LayerAt): string => at(numbers(layer), 1);
  const steps = `from step ${formatInteger(first.step)} to ${formatInteger(last.step)}`;
  return `Densities of ${last.layer.name} ${steps}, its std from ${stdOf(first)} to ${stdOf(last)}`;
}
