import { heldOutOf } from '../../../src/shared/held-out';
import { isCounting } from '../../../src/shared/presets';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { disclosure, element, setText } from '../../draw/element';
import { countOf, formatFixed, formatInteger, formatSetting } from '../../draw/format';

/** This many shapes take three lines. Those of more parameters are shown on demand. */
const mostShapes = 18;

/** The data and the model, in small print. */
export class ModelSummary {
  private readonly parameters = element('p', { class: 'quiet' });
  private readonly shapes = element('p', { class: 'quiet' });
  private readonly allShapes = disclosure('Show their shapes', this.shapes);
  private readonly data = element('p', { class: 'quiet' });
  private readonly statistics = element('p', { class: 'quiet' });
  private readonly notes = element('ul', { class: 'notes quiet' });
  private readonly rate = element('p', { class: 'quiet' });
  private readonly losses = element('p', { class: 'quiet' });
  private readonly facts = element('div', {}, this.parameters, this.allShapes, this.statistics, this.data);
  readonly root = element('div', {}, this.rate, this.losses, this.facts, this.notes);
  private readonly changed = new Changes();
  private readonly changedFacts = new Changes();

  render(state: RunState): void {
    const { info, preset, lookedAt } = state;
    this.facts.hidden = !info;
    const facts = info ?? lookedAt?.facts;
    if (this.changedFacts.of(facts)) {
      this.notes.replaceChildren(...(facts?.notes ?? []).map(note => element('li', {}, note)));
      this.notes.hidden = !facts?.notes.length;
    }
    this.show(this.rate, rateSentence(state));
    this.show(this.losses, lossSentence(state));
    if (!info || !this.changed.of(info, preset)) return;
    const shapes = info.parameters.map(({ name, shape }) => `${name} ${shape.join('×')}`).join(', ');
    const what = preset && isCounting(preset) ? 'count' : 'parameter';
    const count = countOf(info.parameterCount, what);
    const areMany = info.parameters.length > mostShapes;
    setText(this.parameters, areMany ? `${count} in ${info.parameters.length} arrays` : `${count}: ${shapes}`);
    setText(this.shapes, areMany ? shapes : '');
    this.allShapes.hidden = !areMany;
    this.statistics.hidden = info.batchNorms === 0;
    const batchNorms = countOf(info.batchNorms, 'layer');
    setText(
      this.statistics,
      `BatchNorm (${batchNorms}): batch statistics while training, running ones for dev loss and samples`,
    );
    const { train, dev, test } = info.examples;
    const split = (n: number | null, name: string): string => (n === null ? '' : `, ${formatInteger(n)} ${name}`);
    setText(
      this.data,
      `${countOf(info.names, 'name')}: ${formatInteger(train)} ${dev === null ? 'examples' : 'train'}${split(dev, 'dev')}${split(test, 'test')}${dev === null ? '' : ' examples'}`,
    );
  }

  private show(line: HTMLElement, text: string): void {
    line.hidden = text === '';
    setText(line, text);
  }
}

function rateSentence({ learningRate }: RunState): string {
  return learningRate === undefined ? '' : `learning rate ${formatSetting(learningRate)}`;
}

/** The losses of whole splits, once they have been evaluated. */
function lossSentence({ evaluations, preset, purpose }: RunState): string {
  const last = evaluations.findLast(({ train }) => typeof train === 'number');
  if (!last || purpose !== 'train' || (preset && isCounting(preset))) return '';
  const split = preset && heldOutOf(preset);
  const loss = split && last[split];
  const dev = typeof loss === 'number' ? `, ${split} loss ${formatFixed(loss, 4)}` : '';
  return `train loss ${formatFixed(last.train, 4)}${dev} at step ${formatInteger(last.step)}`;
}
