import {
  defaultSampleRequest,
  parseSampleRequest,
  requestFields,
  sampleRequestProblem,
  samplerFamilies,
  samplers,
  type SampleRequest,
  type SamplerFamily,
} from '../../../src/shared/sampling';
import { element, iconButton, setText, textButton } from '../../draw/element';
import { field, type Field } from '../parts/field';
import type { PanelContext } from '../panel';

type NumberName = 'count' | 'temperature' | 'topK' | 'seed';
const labels = {
  count: 'names',
  temperature: 'temperature',
  topK: 'top-k (0: all)',
  seed: 'seed',
  prefix: 'prefix',
} as const;
const fieldNames = ['count', 'temperature', 'topK', 'prefix', 'seed', 'sampler'] as const;

/** Asks how to draw names. What is typed outlives the page. */
export class SampleForm {
  readonly root: HTMLFormElement;
  private readonly fields: Readonly<Record<NumberName | 'prefix', Field>>;
  private readonly sampler = element('select', { id: 'sample-sampler', 'aria-describedby': 'sample-sampler-help' });
  private readonly help = element('p', { class: 'quiet', id: 'sample-sampler-help' });
  private readonly submit = textButton('Sample Names', () => undefined, 'primary');
  private readonly reseed = iconButton('refresh', 'Sample with Another Seed', () => this.sampleWithAnotherSeed());
  private readonly problem = element('p', { class: 'problem', role: 'alert' });

  private shown: SampleRequest | undefined;
  /** The sampler unless a person has chosen another one here. */
  private usual = defaultSampleRequest.sampler;
  /** The last request that was made here. */
  private posted: SampleRequest | undefined;

  constructor(private readonly context: PanelContext) {
    const make = (name: NumberName | 'prefix'): Field => {
      const made = field({ id: `sample-${name}`, label: labels[name], numeric: name !== 'prefix' });
      made.input.value = context.settings.get(name, String(defaultSampleRequest[name]));
      made.input.addEventListener('input', () => context.settings.set(name, made.input.value));
      return made;
    };
    this.fields = {
      count: make('count'),
      temperature: make('temperature'),
      topK: make('topK'),
      prefix: make('prefix'),
      seed: make('seed'),
    };
    this.sampler.append(...samplerFamilies.map(id => element('option', { value: id }, samplers[id].label)));
    this.sampler.addEventListener('change', () => this.choose(this.family(this.sampler.value)));
    this.submit.type = 'submit';
    const { count, temperature, topK, prefix, seed } = this.fields;
    seed.root.classList.add('with-button');
    seed.input.after(this.reseed);
    const label = element('label', { for: 'sample-sampler' }, 'sampler');
    const chooser = element('div', { class: 'field sampler' }, label, this.sampler);
    this.root = element(
      'form',
      { class: 'sample-form', 'aria-label': 'Sample Names' },
      element('div', { class: 'fields' }, ...[count, temperature, topK, prefix, seed].map(({ root }) => root), chooser),
      this.help,
      element('div', { class: 'actions' }, this.submit, this.problem),
    );
    this.root.addEventListener('submit', event => {
      event.preventDefault(); // there is nowhere to go
      this.sample();
    });
  }

  /**
   * @param usual the sampler of the run
   * @param request what is being drawn, perhaps by a command of the palette, in which case the fields show how
   */
  render(enabled: boolean, usual: SamplerFamily, request: SampleRequest | undefined): void {
    this.usual = usual;
    if (request && request !== this.shown) this.show(request);
    this.sampler.value = this.family(this.context.settings.get('sampler', ''));
    setText(this.help, samplers[this.family(this.sampler.value)].help);
    const all = [...Object.values(this.fields).map(({ input }) => input), this.sampler, this.submit, this.reseed];
    for (const control of all) control.disabled = !enabled;
  }

  /** How many names are drawn next, as far as that can be read. */
  get count(): string {
    return this.fields.count.input.value.trim();
  }

  sampleWithAnotherSeed(): void {
    const { seed } = this.fields;
    seed.input.value = String(Math.floor(Math.random() * 2 ** 31));
    this.context.settings.set('seed', seed.input.value);
    this.sample();
  }

  private sample(): void {
    const typed = {
      ...this.numbers(),
      prefix: this.fields.prefix.input.value.trimStart(), // a name may go on behind a space
      sampler: this.family(this.sampler.value),
    };
    const request = parseSampleRequest(typed);
    setText(this.problem, request ? '' : (sampleRequestProblem(typed) ?? ''));
    if (!request) return;
    this.posted = request;
    this.context.post({ type: 'sample', request });
  }

  /** As they were typed, where they are none. */
  private numbers(): Readonly<Record<NumberName, number | string>> {
    const read = (name: NumberName): number | string => this.fields[name].number(requestFields[name]);
    return { count: read('count'), temperature: read('temperature'), topK: read('topK'), seed: read('seed') };
  }

  private show(request: SampleRequest): void {
    this.shown = request;
    const { posted } = this;
    if (posted && fieldNames.every(name => posted[name] === request[name])) return; // a person may have gone on typing
    for (const name of ['count', 'temperature', 'topK', 'prefix', 'seed'] as const) {
      this.fields[name].input.value = String(request[name]);
      this.context.settings.set(name, this.fields[name].input.value);
    }
    this.choose(request.sampler);
  }

  /** The usual sampler is not kept as a choice: it may be another one tomorrow. */
  private choose(sampler: SamplerFamily): void {
    this.context.settings.set('sampler', sampler === this.usual ? '' : sampler);
  }

  private family(id: string): SamplerFamily {
    return samplerFamilies.find(known => known === id) ?? this.usual;
  }
}
