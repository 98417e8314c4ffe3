import './slider.css';
import { element, setText } from '../../draw/element';

interface SliderSpec {
  /** The text beside it. */
  readonly label: string;
  /** What it sets, where the label alone does not say it. */
  readonly name?: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A slider with its name and its value. */
export class Slider {
  readonly input: HTMLInputElement;
  private readonly readout = element('output', { class: 'number' });
  readonly root: HTMLElement;

  constructor({ label, name = label, min, max, step }: SliderSpec, onChange: (value: number) => void) {
    this.input = element('input', { type: 'range', min, max, step, 'aria-label': name });
    this.input.addEventListener('input', () => onChange(this.input.valueAsNumber));
    this.root = element('label', { class: 'slider' }, label, this.input, this.readout);
  }

  /** @param text the value for people to read */
  show(value: number, text: string): void {
    if (this.input.valueAsNumber !== value) this.input.valueAsNumber = value;
    if (this.input.getAttribute('aria-valuetext') !== text) this.input.setAttribute('aria-valuetext', text);
    setText(this.readout, text);
  }

  /** To be called before a value outside of the old range is shown. */
  range(min: number, max: number, step: number): void {
    const bounds = { min, max, step };
    for (const [name, value] of Object.entries(bounds))
      if (this.input.getAttribute(name) !== String(value)) this.input.setAttribute(name, String(value));
  }
}
