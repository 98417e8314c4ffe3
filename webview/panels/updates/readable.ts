import type { ParameterLook } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';
import type { RunState } from '../../../src/shared/run-state';
import { drawCurves } from '../../draw/plot/curve-plot';
import type { ReadablePicture } from '../../draw/plot/readable-plot';
import type { Theme } from '../../draw/theme';
import { densityPicture, densityRows, readDensities } from '../parts/densities';
import type { TableContent } from '../parts/table-content';
import {
  gradientAxis,
  gradientDensities,
  readUpdates,
  updatePicture,
  updateRows,
  updatesFact,
  type ShownParameter,
} from './picture';

const heights = { ratios: 240, gradients: 200 } as const;

export interface UpdatesData extends Pick<RunState, 'updateHistory' | 'preset'> {
  readonly info: RunInfo;
  readonly parameters: readonly ParameterLook[];
  readonly shown: readonly ShownParameter[];
}

export function ratioPicture(data: UpdatesData, theme: Theme): ReadablePicture {
  const { shown, parameters, updateHistory } = data;
  const picture = updatePicture(data, shown, parameters.length, theme);
  return {
    height: heights.ratios,
    says: `log10 of update:data over the steps, last ${updatesFact(data)}`,
    paint: (...canvas) => drawCurves(...canvas, picture, theme),
    read: ({ x }) => readUpdates(updateHistory, shown, x),
  };
}

export function ratioTable({ parameters, updateHistory }: UpdatesData): TableContent {
  const columns = ['step', ...parameters.map(({ name }) => name)];
  return { caption: 'log10 of update:data', columns, rows: updateRows(updateHistory) };
}

export function gradientPicture({ shown, parameters }: UpdatesData, theme: Theme): ReadablePicture {
  const densities = gradientDensities(shown, parameters.length, theme);
  const picture = densityPicture(densities, gradientAxis(shown));
  return {
    height: heights.gradients,
    says: gradientTitle(shown),
    paint: (...canvas) => drawCurves(...canvas, picture, theme),
    read: ({ x }) => readDensities(densities, x),
  };
}

export function densityTable({ shown }: UpdatesData): TableContent {
  const densities = shown.map(({ parameter: { name, gradHistogram } }) => ({ name, histogram: gradHistogram }));
  return {
    caption: gradientTitle(shown),
    columns: ['gradient', ...densities.map(({ name }) => name)],
    rows: densityRows(densities, gradientAxis(shown)),
  };
}

function gradientTitle(shown: readonly ShownParameter[]): string {
  return `Density of the gradient of ${shown.map(({ parameter }) => parameter.name).join(', ') || 'no matrix'}`;
}
