import '../parts/legend-table.css';
import { at } from '../../../src/shared/at';
import { Changes } from '../../draw/changes';
import { curveLook } from '../../draw/plot/curve-look';
import { element, setText } from '../../draw/element';
import type { Theme } from '../../draw/theme';
import { CurveSwatch } from '../parts/curve-swatch';

type Texts = readonly (readonly string[])[];

interface Row {
  readonly name: string;
  readonly swatch: CurveSwatch;
  readonly radio: HTMLInputElement;
  readonly cells: readonly HTMLElement[];
}

/** The layers with their numbers. It is the legend of the densities, and chooses the layer of a ridge. */
export class LayerTable {
  readonly root = element('table', { class: 'legend-table' });
  private readonly changed = new Changes();
  private rows: readonly Row[] = [];

  constructor(
    private readonly id: string,
    private readonly onChoose: (layer: number) => void,
  ) {}

  /**
   * @param columns the headings of the numbers
   * @param rows names and numbers
   * @param chosen undefined where there is nothing to choose
   */
  show(columns: readonly string[], rows: Texts, chosen: number | undefined, theme: Theme): void {
    if (this.changed.of(...columns, ...rows.map(([name]) => name))) this.build(columns, rows);
    this.rows.forEach(({ swatch, radio, cells }, i) => {
      radio.hidden = chosen === undefined || rows.length === 1;
      radio.checked = i === chosen;
      swatch.root.hidden = chosen !== undefined; // a ridge has the colors of its steps
      swatch.show(curveLook(i, rows.length, theme));
      cells.forEach((cell, j) => setText(cell, at(at(rows, i), j + 1)));
    });
  }

  private build(columns: readonly string[], rows: Texts): void {
    this.rows = rows.map(([name = '', ...numbers], i) => {
      const radio = element('input', { type: 'radio', name: `${this.id}-layer` });
      radio.addEventListener('change', () => this.onChoose(i));
      return { name, swatch: new CurveSwatch(), radio, cells: numbers.map(() => element('td')) };
    });
    const head = ['layer', ...columns].map(text => element('th', { scope: 'col' }, text));
    const body = this.rows.map(({ name, swatch, radio, cells }) => {
      const label = element('label', {}, radio, swatch.root, name);
      return element('tr', {}, element('th', { scope: 'row' }, label), ...cells);
    });
    this.root.replaceChildren(element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body));
  }
}
