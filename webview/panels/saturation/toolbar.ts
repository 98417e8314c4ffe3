import { element, segmentedControl } from '../../draw/element';
import { formatFixed } from '../../draw/format';
import type { SaturationChoice } from './choice';
import { Select } from '../parts/select';
import type { Settings } from '../parts/settings';
import { Slider } from '../parts/slider';

/** Those of the diagnostics and of the image in the lecture. */
const marks = ['0.97', '0.99'] as const;

/** Chooses a layer, and the |h| above which a tanh counts as saturated. */
export class SaturationToolbar {
  private readonly layers = new Select('layer', layer => this.settings.set('layer', layer));
  private readonly slider = new Slider(
    { label: '|h| above', name: 'Threshold of |h|', min: 0, max: 1, step: 0.01 },
    value => this.settings.set('threshold', value),
  );
  private readonly marks = segmentedControl('Thresholds of the lecture', { '0.97': '0.97', '0.99': '0.99' }, mark =>
    this.settings.set('threshold', Number(mark)),
  );
  readonly root = element(
    'div',
    { class: 'toolbar' },
    this.layers.root,
    element('div', { class: 'choice' }, this.slider.root, this.marks.root),
  );

  constructor(private readonly settings: Settings) {}

  render({ layer, layers, threshold }: SaturationChoice): void {
    const options = layers.map(value => ({ value, label: value }));
    this.layers.show(layer ?? '', options);
    this.slider.show(threshold, formatFixed(threshold, 2));
    const text = formatFixed(threshold, 2);
    this.marks.show(
      marks.find(mark => mark === text),
      marks,
    );
  }
}
