import { parseColor, type Rgb } from './color';
import { createColorScale } from './color-scale';
import { createDivergingScale } from './diverging-scale';
import type { Theme } from './theme';

/** Reads the theme whenever VS Code changes it: a class of body gives its kind, variables of html its colors. */
export class ThemeWatcher {
  private theme: Theme;
  private readAs: string;
  private readonly observer: MutationObserver;

  constructor(onChange: () => void) {
    this.theme = readTheme();
    this.readAs = JSON.stringify(this.theme);
    this.observer = new MutationObserver(() => {
      const theme = readTheme();
      const readAs = JSON.stringify(theme);
      if (readAs === this.readAs) return; // the style of html has other things, too
      this.theme = theme;
      this.readAs = readAs;
      onChange();
    });
    this.observer.observe(document.body, { attributeFilter: ['class'] });
    this.observer.observe(document.documentElement, { attributeFilter: ['style'] });
  }

  get current(): Theme {
    return this.theme;
  }

  dispose(): void {
    this.observer.disconnect();
  }
}

function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const variable = (name: string): string => style.getPropertyValue(name).trim();
  const background = parseColor(variable('--vscode-editor-background')) ?? [255, 255, 255];
  const color = (fallback: Rgb, ...names: string[]): Rgb => {
    for (const name of names) {
      const parsed = parseColor(variable(name), background);
      if (parsed) return parsed;
    }
    return fallback;
  };
  const foreground = color([0, 0, 0], '--vscode-editor-foreground', '--vscode-foreground');
  return {
    highContrast: /\bvscode-high-contrast/.test(document.body.className),
    background,
    foreground,
    description: color(foreground, '--vscode-descriptionForeground'),
    border: color(foreground, '--vscode-contrastBorder', '--vscode-panel-border', '--vscode-editorWidget-border'),
    focus: color(foreground, '--vscode-focusBorder'),
    blue: color([26, 133, 255], '--vscode-charts-blue'),
    yellow: color([191, 136, 3], '--vscode-charts-yellow'),
    purple: color([177, 128, 215], '--vscode-charts-purple'),
    series: [
      color([26, 133, 255], '--vscode-charts-blue'),
      color([191, 136, 3], '--vscode-charts-yellow'), // orange is translucent, so a line of it would hardly show
      color([56, 138, 52], '--vscode-charts-green'),
      color([177, 128, 215], '--vscode-charts-purple'),
    ],
    scale: createColorScale(background),
    diverging: createDivergingScale(background),
    font: variable('--vscode-font-family') || 'sans-serif',
    editorFont: variable('--vscode-editor-font-family') || 'monospace',
  };
}
