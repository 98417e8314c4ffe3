import type { Evaluation } from '../../../src/shared/run';
import { Changes } from '../../draw/changes';
import { element } from '../../draw/element';
import { formatFixed, formatInteger } from '../../draw/format';

/** The losses at the end of a run with batch normalization, with either kind of statistics. */
export class CalibrationTable {
  readonly root = element('table', { class: 'calibration', hidden: true });
  private readonly changed = new Changes();

  render(evaluations: readonly Evaluation[]): void {
    const last = evaluations.findLast(({ train }) => train !== undefined);
    if (!this.changed.of(last)) return;
    this.root.hidden = !last?.calibrated;
    if (!last?.calibrated) return;
    const row = (name: string, { train, dev }: Pick<Evaluation, 'train' | 'dev'>): HTMLElement => {
      const cells = [train, dev].map(loss => element('td', {}, formatFixed(loss, 4)));
      return element('tr', {}, element('th', { scope: 'row' }, name), ...cells);
    };
    const head = ['train', 'dev'].map(name => element('th', { scope: 'col' }, name));
    this.root.replaceChildren(
      element('caption', {}, `Loss at step ${formatInteger(last.step)}`),
      element('thead', {}, element('tr', {}, element('td'), ...head)),
      element(
        'tbody',
        {},
        row('running statistics', last),
        row('calibrated on the whole train split', last.calibrated),
      ),
    );
  }
}
