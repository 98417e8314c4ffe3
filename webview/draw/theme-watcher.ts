import { parseColour, type Rgb } from './color';
import { createColourScale } from './color-scale';
import { createDivergingScale } from './diverging-scale';
import type { Theme } from './theme';

/** Reads the theme now and whenever VS Code changes it: a class on body says the kind, variables on html the colours. */
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
      if (readAs === this.readAs) return; // html's style changes for other reasons too
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
  const background = parseColour(variable('--vscode-editor-background')) ?? [255, 255, 255];
  const colour = (fallback: Rgb, ...names: string[]): Rgb => {
    for (const name of names) {
      const parsed = parseColour(variable(name), background);
      if (parsed) return parsed;
    }
    return fallback;
  };
  const foreground = colour([0, 0, 0], '--vscode-editor-foreground', '--vscode-foreground');
  return {
    highContrast: /\bvscode-high-contrast/.test(document.body.className),
    background,
    foreground,
    description: colour(foreground, '--vscode-descriptionForeground'),
    border: colour(foreground, '--vscode-contrastBorder', '--vscode-panel-border', '--vscode-editorWidget-border'),
    focus: colour(foreground, '--vscode-focusBorder'),
    blue: colour([26, 133, 255], '--vscode-charts-blue'),
    yellow: colour([191, 136, 3], '--vscode-charts-yellow'),
    purple: colour([177, 128, 215], '--vscode-charts-purple'),
    series: [
      colour([26, 133, 255], '--vscode-charts-blue'),
      colour([191, 136, 3], '--vscode-charts-yellow'), // orange is translucent, and hardly to be seen as a line
      colour([56, 138, 52], '--vscode-charts-green'),
      colour([177, 128, 215], '--vscode-charts-purple'),
    ],
    scale: createColourScale(background),
    diverging: createDivergingScale(background),
    font: variable('--vscode-font-family') || 'sans-serif',
    editorFont: variable('--vscode-editor-font-family') || 'monospace',
  };
}
