/** What the inspector gets when it looks into a net, made up by a test. */
import { histogram } from '../../../../src/makemore/diagnostics';
import type { Inspection, LayerLook, ParameterLook } from '../../../../src/shared/inspection';
import { presetById } from '../../../../src/shared/presets';
import { idle, type RunState } from '../../../../src/shared/run-state';
import { reduce } from '../../../../src/shared/reducer';
import { parseColor } from '../../../../webview/draw/color';
import { createColorScale } from '../../../../webview/draw/color-scale';
import type { Theme } from '../../../../webview/draw/theme';
import { themes } from '../../../../webview/dev/themes';

export const themeNames = Object.keys(themes) as (keyof typeof themes)[];

/** As much of a theme as the looks of curves depend on. */
export function themeOf(name: keyof typeof themes): Theme {
  const background = parseColor(themes[name].variables['--vscode-editor-background'])!;
  const scale = createColorScale(background);
  return { background, scale, highContrast: name.startsWith('high-contrast') } as Theme;
}

export function layer(changes: Partial<LayerLook> = {}): LayerLook {
  const values = Float32Array.of(-0.9, -0.2, 0.1, 0.8);
  return {
    name: 'h1',
    kind: 'tanh',
    shape: [2, 2],
    mean: -0.05,
    std: 0.63,
    saturated: 0.0278125,
    gradMean: 1e-12,
    gradStd: 2.64e-3,
    histogram: histogram(values),
    gradHistogram: histogram(values.map(v => v / 100)),
    ...changes,
  };
}

export function parameter(
  name: string,
  log10UpdateToData: number,
  changes: Partial<ParameterLook> = {},
): ParameterLook {
  const gradHistogram = histogram(Float32Array.of(-0.03, -0.01, 0, 0.02));
  const numbers = { gradMean: -1.38e-4, gradStd: 1.07e-2, gradToData: 0.1160116, log10UpdateToData };
  return { name, shape: [30, 100], ...numbers, gradHistogram, ...changes };
}

/** A run of a preset that was looked into at some steps. */
export function lookedInto(
  preset: string,
  looks: readonly Pick<Inspection, 'step' | 'layers' | 'parameters'>[],
): RunState {
  const start: RunState = { ...idle, status: 'running', preset: presetById(preset), purpose: 'train' };
  return looks.reduce<RunState>(
    (state, look) => reduce(state, { type: 'inspected', inspection: { ahead: false, tensors: {}, ...look } }),
    start,
  );
}
