import { parseColor, type Rgb } from './color';
import { createColorScale } from './color-scale';
import { createDivergingScale } from './diverging-scale';
import type { Theme } from './theme';

/** Where the system forces its colors on pages: forced-colors.css then gives the variables their names. */
const forced = '(forced-colors: active)';

/**
 * Reads the theme whenever VS Code changes it, or the system: a class of body gives its kind, variables of html its colors.
 */
export class ThemeWatcher {
  private theme: Theme;
  private readAs: string;
  private readonly observer: MutationObserver;
  private readonly disposed = new AbortController();

  constructor(onChange: () => void) {
    this.theme = readTheme();
    this.readAs = JSON.stringify(this.theme);
    const read = (): void => {
      const theme = readTheme();
      const readAs = JSON.stringify(theme);
      if (readAs === this.readAs) return; // the style of html has other things, too
      this.theme = theme;
      this.readAs = readAs;
      onChange();
    };
    this.observer = new MutationObserver(read);
    this.observer.observe(document.body, { attributeFilter: ['class'] });
    this.observer.observe(document.documentElement, { attributeFilter: ['style'] });
    window.matchMedia(forced).addEventListener('change', read, { signal: this.disposed.signal });
  }

  get current(): Theme {
    return this.theme;
  }

  dispose(): void {
    this.observer.disconnect();
    this.disposed.abort();
  }
}

function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const isForced = window.matchMedia(forced).matches;
  const variable = (name: string): string => {
    const value = style.getPropertyValue(name).trim();
    return isForced && /^[A-Z][A-Za-z]+$/.test(value) ? systemColor(value) : value;
  };
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
    highContrast: isForced || /\bvscode-high-contrast/.test(document.body.className),
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

/** What the system has under a name such as `CanvasText`. */
function systemColor(name: string): string {
  const probe = document.createElement('span');
  probe.style.cssText = `color: ${name}; forced-color-adjust: none`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
