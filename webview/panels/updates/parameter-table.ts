import '../parts/legend-table.css';
import { at } from '../../../src/shared/at';
import type { ParameterLook } from '../../../src/shared/inspection';
import { Changes } from '../../draw/changes';
import { curveLook } from '../../draw/plot/curve-look';
import { element, setText } from '../../draw/element';
import type { Theme } from '../../draw/theme';
import { CurveSwatch } from '../parts/curve-swatch';
import { parameterColumns, parameterNumbers, type ShownParameter } from './picture';

interface Row {
  readonly swatch: CurveSwatch;
  readonly toggle: HTMLButtonElement;
  readonly cells: readonly HTMLElement[];
}

/** The matrices with their gradients, in the format of the lecture. A press on a name hides or shows its lines. */
export class ParameterTable {
  private readonly table = element('table', { class: 'legend-table' });
  readonly root = element('div', { class: 'table-scroller bare' }, this.table);
  private readonly changed = new Changes();
  private rows: readonly Row[] = [];

  constructor(private readonly onToggle: (name: string, shown: boolean) => void) {}

  /** @param shown those of the parameters whose lines are drawn */
  show(parameters: readonly ParameterLook[], shown: readonly ShownParameter[], theme: Theme): void {
    if (this.changed.of(...parameters.map(({ name }) => name))) this.build(parameters);
    for (const [i, { swatch, toggle, cells }] of this.rows.entries()) {
      const parameter = at(parameters, i);
      swatch.show(curveLook(i, parameters.length, theme));
      toggle.setAttribute('aria-pressed', String(shown.some(({ index }) => index === i)));
      parameterNumbers(parameter).forEach((text, j) => setText(at(cells, j), text));
    }
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
