import type { WatchedTensor } from '../../src/shared/run';
import { Changes } from '../draw/changes';
import { element, segmentedControl } from '../draw/element';
import type { PlaneChoice } from './embedding-plane';
import { checkbox } from './field';
import type { Settings } from './settings';

const viewLabels = { components: 'PCA', dimensions: 'Two dimensions' } as const;

export interface EmbeddingChoice {
  readonly plane: PlaneChoice;
  readonly coloured: boolean;
}

/** Chooses what the plane shows of a table of more than two dimensions, and whether letters have colours. */
export class EmbeddingToolbar {
  private readonly views = segmentedControl('What the plane shows', viewLabels, view =>
    this.settings.set('view', view),
  );
  private readonly x = this.dimensionSelect('x');
  private readonly y = this.dimensionSelect('y');
  private readonly dimensions = element('div', { class: 'choice' }, 'x', this.x, 'y', this.y);
  private readonly coloured = checkbox('embedding-coloured', 'vowels and consonants', checked =>
    this.settings.set('coloured', checked),
  );
  readonly root = element('div', { class: 'toolbar' }, this.views.root, this.dimensions, this.coloured.root);
  private readonly changedSize = new Changes();

  constructor(private readonly settings: Settings) {}

  /** Shows what is chosen, as far as the table has such dimensions. */
  render({ shape: [, d] }: WatchedTensor): EmbeddingChoice {
    const { settings } = this;
    const coloured = settings.get('coloured', false);
    this.coloured.input.checked = coloured;
    const wide = d > 2;
    this.views.root.hidden = !wide;
    const chosen = wide && settings.get<string>('view', 'components') === 'dimensions';
    this.views.show(chosen ? 'dimensions' : 'components', ['components', 'dimensions']);
    this.dimensions.hidden = !chosen;
    if (this.changedSize.of(d))
      for (const select of [this.x, this.y])
        select.replaceChildren(...Array.from({ length: d }, (_, i) => element('option', { value: i }, String(i))));
    if (!chosen) return { plane: wide ? 'components' : [0, 1], coloured };
    const [x, y] = [settings.get('x', 0), settings.get('y', 1)].map(dimension => Math.min(dimension, d - 1));
    this.x.value = String(x);
    this.y.value = String(y);
    return { plane: [x, y], coloured };
  }

  private dimensionSelect(axis: 'x' | 'y'): HTMLSelectElement {
    const select = element('select', { 'aria-label': `Dimension along ${axis}` });
    select.addEventListener('change', () => this.settings.set(axis, Number(select.value)));
    return select;
  }
}
