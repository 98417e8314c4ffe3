import { at } from '../../../src/shared/at';
import { hasModel, type RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { element, segmentedControl } from '../../draw/element';
import type { PanelContext } from '../panel';
import { knowsTrigrams } from './trigrams';

type Ngrams = 'bigrams' | 'trigrams';

/** Chooses between bigrams and the trigrams after a character. Asks the worker for trigrams that are not there. */
export class NgramChoice {
  private readonly kinds = segmentedControl<Ngrams>(
    'What is counted',
    { bigrams: 'Bigrams', trigrams: 'Trigrams after' },
    kind => this.context.settings.set(this.key, kind),
  );
  private readonly first = element('select', { class: 'characters', 'aria-label': 'First character of the trigrams' });
  readonly root = element('div', { class: 'choice' }, this.kinds.root, this.first);
  private readonly changedTokens = new Changes();
  private readonly changedRequest = new Changes();
  /** Models of trigrams start with trigrams, and have their own setting. */
  private key = '';

  constructor(private readonly context: PanelContext) {
    this.first.addEventListener('change', () => context.settings.set('after', this.first.value));
  }

  /** @returns the first character of the trigrams; undefined for bigrams */
  render(state: RunState): string | undefined {
    const { counts, preset, info, trigrams } = state;
    if (!counts) return undefined;
    const { tokens } = counts;
    const start: Ngrams = knowsTrigrams(preset) ? 'trigrams' : 'bigrams';
    this.key = `ngrams-${start}`;
    const kind: Ngrams = this.context.settings.get<string>(this.key, start) === 'trigrams' ? 'trigrams' : 'bigrams';
    this.kinds.show(kind, ['bigrams', 'trigrams']);
    this.first.hidden = kind === 'bigrams';
    if (this.changedTokens.of(tokens))
      this.first.replaceChildren(...tokens.map(token => element('option', { value: token }, token)));
    const first = at(tokens, 0); // the boundary
    const canCount = hasModel(state);
    const chosen = canCount ? this.context.settings.get('after', first) : (trigrams?.first ?? first);
    const after = tokens.includes(chosen) ? chosen : first;
    this.first.disabled = !canCount; // there is only the slice that was counted last
    this.first.value = after;
    if (kind === 'bigrams') return undefined;
    const missing = trigrams?.first !== after && canCount;
    if (this.changedRequest.of(info, after, missing) && missing)
      this.context.post({ type: 'countTrigrams', first: after });
    return after;
  }
}
