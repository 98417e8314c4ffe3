import type { WatchedTensor } from '../../../src/shared/run';
import { element, segmentedControl } from '../../draw/element';
import type { PlaneChoice } from './plane';
import { checkbox } from '../parts/field';
import { Select } from '../parts/select';
import type { Settings } from '../parts/settings';

const viewLabels = { components: 'PCA', dimensions: 'Two dimensions' } as const;

export interface EmbeddingChoice {
  readonly plane: PlaneChoice;
  readonly colored: boolean;
}

/** Chooses what the plane shows of a table with more than two dimensions, and whether kinds of letters have colors. */
export class EmbeddingToolbar {
  private readonly views = segmentedControl('What the plane shows', viewLabels, view =>
    this.settings.set('view', view),
  );
  private readonly x = new Select('x', dimension => this.settings.set('x', Number(dimension)));
  private readonly y = new Select('y', dimension => this.settings.set('y', Number(dimension)));
  private readonly dimensions = element('div', { class: 'choice' }, this.x.root, this.y.root);
  private readonly colored = checkbox('embedding-colored', 'vowels and consonants', checked =>
    this.settings.set('colored', checked),
  );
  readonly root = element('div', { class: 'toolbar' }, this.views.root, this.dimensions, this.colored.root);

  constructor(private readonly settings: Settings) {}

  /** Shows what is chosen, as far as the table has these dimensions. */
  render({ shape: [, d = 0] }: WatchedTensor): EmbeddingChoice {
    const { settings } = this;
    const colored = settings.get('colored', false);
    this.colored.input.checked = colored;
    const wide = d > 2;
    this.views.root.hidden = !wide;
    const chosen = wide && settings.get<string>('view', 'components') === 'dimensions';
    this.views.show(chosen ? 'dimensions' : 'components', ['components', 'dimensions']);
    this.dimensions.hidden = !chosen;
    if (!chosen) return { plane: wide ? 'components' : [0, 1], colored };
    const [x, y] = [Math.min(settings.get('x', 0), d - 1), Math.min(settings.get('y', 1), d - 1)];
    const options = Array.from({ length: d }, (_, i) => ({ value: String(i), label: String(i) }));
    this.x.show(String(x), options);
    this.y.show(String(y), options);
    return { plane: [x, y], colored };
  }
}
