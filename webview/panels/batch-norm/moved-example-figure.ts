import { Changes } from '../../draw/changes';
import { element, setText, textButton } from '../../draw/element';
import { Plot } from '../../draw/plot/plot';
import { drawSlopes, slopeHeight, type SlopePicture } from '../../draw/plot/slope-plot';
import { DataTable } from '../parts/data-table';
import { formatNumber } from './sentences';
import {
  exampleTitle,
  isSame,
  movedColumns,
  movedRows,
  movedSentence,
  moveExample,
  type MovedExample,
  type NormalizedNeuron,
} from './moved-example';
import type { PanelContext } from '../panel';
import { Slider } from '../parts/slider';
import type { TableContent } from '../parts/table-content';

/** More lines than this would blur into a surface. */
const mostLines = 256;
/** How many stops the slider of the value has. */
const stops = 200;

/** An example that a person has moved. Until it is put back, the batch that it was moved in stays as it was. */
interface Held {
  readonly of: NormalizedNeuron;
  readonly value: number;
}

/** Moves one example of a batch, and shows that all others move as well. */
export class MovedExampleFigure {
  private readonly neuron: Slider;
  private readonly example: Slider;
  private readonly value: Slider;
  private readonly reset: HTMLButtonElement;
  private readonly plot: Plot<SlopePicture>;
  private readonly sentence = element('p', { class: 'quiet' });
  private readonly table: DataTable<MovedNeuron>;
  readonly root: HTMLElement;
  private readonly changed = new Changes();
  private held: Held | undefined;
  private live: NormalizedNeuron | undefined;
  private moved: MovedExample | undefined;
  private picture: SlopePicture | undefined;

  constructor(private readonly context: PanelContext) {
    const { settings, redraw } = context;
    const whole = { min: 0, max: 0, step: 1 };
    this.neuron = new Slider({ label: 'neuron', ...whole }, value => settings.set('neuron', value));
    this.example = new Slider({ label: 'example', ...whole }, value => settings.set('example', value));
    this.value = new Slider({ label: 'its value', ...whole, max: stops }, stop => this.hold(stop));
    this.reset = textButton('Reset', () => this.release(), 'secondary');
    this.plot = new Plot('One example of a batch moved', context, ({ begin, width, theme }, picture: SlopePicture) =>
      drawSlopes(begin(slopeHeight), picture, width, theme),
    );
    this.table = new DataTable('Normalized examples as a table', redraw, tableOf, 'Show the examples as table');
    const sliders = [this.neuron, this.example, this.value].map(({ root }) => root);
    this.root = element(
      'div',
      { class: 'moved-example' },
      element('h3', {}, 'One example moves all others'),
      element('div', { class: 'controls' }, ...sliders, this.reset),
      this.plot.root,
      this.sentence,
      this.table.root,
    );
  }

  render(live: NormalizedNeuron): void {
    if (this.held && !isSame(this.held.of, live)) this.held = undefined; // it was another example
    this.live = live;
    const { held } = this;
    const shown = held?.of ?? live;
    if (this.changed.of(shown.x, shown.neuron, shown.example, held)) {
      this.moved = moveExample(shown, held?.value);
      this.picture = slopesOf(this.moved, shown.example, held !== undefined);
      this.showControls(shown, this.moved);
    }
    if (this.picture) this.plot.draw(this.picture);
    if (this.moved) this.table.draw({ moved: this.moved, neuron: shown.neuron });
  }

  dispose(): void {
    this.plot.dispose();
  }

  private showControls(shown: NormalizedNeuron, moved: MovedExample): void {
    const { neuron, example, x } = shown;
    const [rows = 0, width = 0] = x.shape;
    const { min, max } = moved.range;
    this.neuron.range(0, width - 1, 1);
    this.neuron.show(neuron, String(neuron));
    this.example.range(0, Math.min(rows, mostLines) - 1, 1);
    this.example.show(example, `${example}: ${exampleTitle(shown)}`);
    this.value.show(Math.round((stops * (moved.value - min)) / (max - min)), formatNumber(moved.value, 2));
    this.reset.disabled = !this.held;
    const says = movedSentence(shown, moved);
    setText(this.sentence, says);
    this.plot.describe(`Neuron ${neuron} normalized, ${rows} examples. ${says}`);
  }

  private hold(stop: number): void {
    const of = this.held?.of ?? this.live;
    if (!of || !this.moved) return;
    const { min, max } = this.moved.range;
    this.held = { of, value: min + (stop / stops) * (max - min) };
    this.context.redraw();
  }

  private release(): void {
    this.held = undefined;
    this.context.redraw();
  }
}

function slopesOf({ before, after }: MovedExample, example: number, isMoved: boolean): SlopePicture {
  return {
    before: before.subarray(0, mostLines),
    after: after.subarray(0, mostLines),
    chosen: example,
    beforeTitle: 'as it is',
    afterTitle: isMoved ? 'one moved' : '',
  };
}

interface MovedNeuron {
  readonly moved: MovedExample;
  readonly neuron: number;
}

function tableOf({ moved, neuron }: MovedNeuron): TableContent {
  return { caption: `Neuron ${neuron}, example by example`, columns: movedColumns, rows: movedRows(moved) };
}
