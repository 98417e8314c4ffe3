import type { LayerLook } from '../../../src/shared/inspection';
import { drawCurves } from '../../draw/plot/curve-plot';
import type { Cursor } from '../../draw/plot/plane';
import type { ReadablePicture } from '../../draw/plot/readable-plot';
import { drawRidge } from '../../draw/plot/ridge-plot';
import type { Theme } from '../../draw/theme';
import { densityPicture, densityRidge, densityRows, readDensities, readRidge } from '../parts/densities';
import type { TableContent } from '../parts/table-content';
import {
  axisOf,
  densitiesAt,
  densitiesOf,
  historyRows,
  historySummary,
  layersSummary,
  withLooks,
  type LayerAt,
} from './picture';
import type { LayerQuantity, Stage } from './quantity';

export type When = 'now' | 'steps';

const heights: Readonly<Record<When, number>> = { now: 220, steps: 340 };

/** What a person looks at. */
export interface LayersData {
  readonly when: When;
  readonly stage: Stage;
  readonly layers: readonly LayerLook[];
  /** The layer that is drawn over the steps, and its past. */
  readonly chosen: number;
  readonly history: readonly LayerAt[];
}

export function layersPicture(
  data: LayersData,
  quantity: LayerQuantity,
  theme: Theme,
  cursor: Cursor | undefined,
): ReadablePicture {
  return data.when === 'now' ? pictureNow(data, quantity, theme) : pictureOfSteps(data, quantity, theme, cursor);
}

function pictureNow({ layers, stage }: LayersData, quantity: LayerQuantity, theme: Theme): ReadablePicture {
  const densities = densitiesOf(layers, quantity);
  const picture = densityPicture(withLooks(densities, theme), axisOf(layers, quantity, stage));
  return {
    height: heights.now,
    says: layersSummary(layers, quantity),
    paint: (...canvas) => drawCurves(...canvas, picture, theme),
    read: ({ x }) => readDensities(densities, x),
  };
}

function pictureOfSteps(
  { history, stage }: LayersData,
  quantity: LayerQuantity,
  theme: Theme,
  cursor: Cursor | undefined,
): ReadablePicture {
  const densities = densitiesAt(history, quantity, stage);
  const layers = history.map(({ layer }) => layer);
  const picture = densityRidge(densities, axisOf(layers, quantity, stage), cursor?.row);
  return {
    height: heights.steps,
    says: historySummary(history, quantity),
    paint: (...canvas) => drawRidge(...canvas, picture, theme),
    read: cursor => readRidge(densities, cursor),
  };
}

export function layersTable(
  { when, stage, layers, chosen, history }: LayersData,
  quantity: LayerQuantity,
): TableContent {
  if (when === 'now')
    return {
      caption: `Density of each ${quantity.name}`,
      columns: [quantity.titles[stage], ...layers.map(({ name }) => name)],
      rows: densityRows(densitiesOf(layers, quantity), axisOf(layers, quantity, stage)),
    };
  return {
    caption: `${layers.at(chosen)?.name ?? ''} over the steps`,
    columns: ['step', ...quantity.columns(layers)],
    rows: historyRows(history, quantity),
  };
}
