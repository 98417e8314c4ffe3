import type { Line } from '../../draw/line/line-picture';
import type { Theme } from '../../draw/theme';

/** The look of a line says what it is, and is the same in every chart. swatch.css draws the swatches of the legends. */
export type LineLook = 'minibatch' | 'smoothed' | 'dev' | 'devLine' | 'rate' | 'mark' | 'spot';

export function lineLook(look: LineLook, theme: Theme): Omit<Line, 'label' | 'points'> {
  const plain = {
    opacity: 1,
    width: theme.highContrast ? 2.5 : 1.75,
    stroke: 'solid',
    dots: false,
    inTooltip: true,
  } as const;
  const quiet = { ...plain, color: theme.foreground, opacity: 0.7, width: 1, inTooltip: false } as const;
  const looks: Readonly<Record<LineLook, Omit<Line, 'label' | 'points'>>> = {
    minibatch: { ...quiet, color: theme.description, opacity: theme.highContrast ? 0.6 : 0.33 },
    smoothed: { ...plain, color: theme.blue },
    dev: { ...plain, color: theme.yellow, width: 1.25, dots: true },
    devLine: { ...plain, color: theme.yellow },
    rate: { ...plain, color: theme.purple, width: theme.highContrast ? 1.5 : 1, axis: 'right' },
    mark: { ...quiet, stroke: 'dashed' },
    spot: { ...plain, color: theme.foreground, dots: true, inTooltip: false },
  };
  return looks[look];
}

export interface KeyEntry {
  readonly look: LineLook;
  readonly label: string;
}
