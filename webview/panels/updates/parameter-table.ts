import '../parts/legend-table.css';
import type { ParameterLook } from '../../../src/shared/inspection';
import { Changes } from '../../draw/changes';
import { curveLook } from '../../draw/curve-look';
import { element, setText } from '../../draw/element';
import type { Theme } from '../../draw/theme';
import { CurveSwatch } from '../parts/curve-swatch';
import { parameterColumns, parameterNumbers } from './picture';

interface Row {
  readonly swatch: CurveSwatch;
  readonly toggle: HTMLButtonElement;
  readonly cells: readonly HTMLElement[];
}

/** The matrices with their gradients, as the lecture prints them; a press on a name hides its lines or shows them. */
export class ParameterTable {
  private readonly table = element('table', { class: 'legend-table' });
  readonly root = element('div', { class: 'table-scroller bare' }, this.table);
  private readonly changed = new Changes();
  private rows: readonly Row[] = [];

  constructor(private readonly onToggle: (name: string, shown: boolean) => void) {}

  show(parameters: readonly ParameterLook[], isShown: (name: string) => boolean, theme: Theme): void {
    if (this.changed.of(...parameters.map(({ name }) => name))) this.build(parameters);
    this.rows.forEach(({ swatch, toggle, cells }, i) => {
      swatch.show(curveLook(i, parameters.length, theme));
      toggle.setAttribute('aria-pressed', String(isShown(parameters[i].name)));
      parameterNumbers(parameters[i]).forEach((text, j) => setText(cells[j], text));
    });
  }

  private build(parameters: readonly ParameterLook[]): void {
    this.rows = parameters.map(({ name }) => {
      const swatch = new CurveSwatch();
      const toggle = element('button', { type: 'button', title: 'Show or hide its lines' }, swatch.root, name);
      toggle.addEventListener('click', () => this.onToggle(name, toggle.getAttribute('aria-pressed') === 'false'));
      return { swatch, toggle, cells: parameterColumns.map(() => element('td')) };
    });
    const head = ['weight', ...parameterColumns].map(text => element('th', { scope: 'col' }, text));
    const body = this.rows.map(({ toggle, cells }) =>
      element('tr', {}, element('th', { scope: 'row' }, toggle), ...cells),
    );
    this.table.replaceChildren(element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body));
  }
}
