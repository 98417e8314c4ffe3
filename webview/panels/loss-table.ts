import type { Evaluation } from '../../src/shared/run';
import { element } from '../draw/element';
import { formatFixed, formatInteger } from '../draw/format';
import type { LossWindows } from '../draw/loss-windows';

/** The windows as rows, each with the last evaluation that was made within it. */
export function fillLossTable(
  table: HTMLTableElement,
  { windows, size }: LossWindows,
  evaluations: readonly Evaluation[],
): void {
  const columns = ['steps', 'mean', 'least', 'largest', 'dev'];
  const rows = windows.map(({ firstStep, mean, min, max }) => {
    const end = firstStep + size;
    const dev = evaluations.findLast(e => e.step > firstStep && e.step <= end)?.dev;
    const steps = size === 1 ? formatInteger(end) : `${formatInteger(firstStep + 1)} to ${formatInteger(end)}`;
    const cells = [mean, min, max, dev].map(value => element('td', {}, formatFixed(value, 4)));
    return element('tr', {}, element('th', { scope: 'row' }, steps), ...cells);
  });
  const head = columns.map(name => element('th', { scope: 'col' }, name));
  table.replaceChildren(
    element('caption', {}, 'Loss in nats per character'),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}
