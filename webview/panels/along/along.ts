import './along.css';
import { isCounting } from '../../../src/shared/presets';
import { formatInteger } from '../../draw/format';
import type { Panel, PanelView } from '../panel';
import { SamplesAlongTable } from './table';

export const along: Panel = {
  id: 'along',
  title: 'Names as It Learns',
  place: 'first',
  startsFolded: true,
  isOffered: ({ preset }) => preset !== undefined && !isCounting(preset),
  hasLeft: ({ samplesAlong }) => samplesAlong.length > 0,
  fact: ({ samplesAlong }) => {
    const last = samplesAlong.at(-1);
    return last ? `steps 0 to ${formatInteger(last.step)}` : '';
  },
  lookFor: () => ({
    short: 'The same seed at every step, so only the model differs.',
    more: 'Look for lengths first, then for vowels between consonants, then for endings that names have.',
  }),
  watches: () => ({ samples: true }),
  mount: root => viewOf(root),
};

function viewOf(root: HTMLElement): PanelView {
  const table = new SamplesAlongTable();
  root.append(table.root);
  return {
    render: ({ samplesAlong }) => table.render(samplesAlong),
    focus: () => false,
    dispose: () => undefined, // it holds nothing outside its own elements
  };
}
