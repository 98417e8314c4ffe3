import { at } from '../../../src/shared/at';
import type { RunState } from '../../../src/shared/run-state';
import { formatSetting } from '../../draw/format';
import { indexOfNearest } from '../../draw/line/nearest';
import type { PanelContext } from '../panel';
import { Slider } from '../parts/slider';
import { throttle } from '../../../src/shared/throttle';

/** The stops of the slider: steps that look even, from no smoothing to where any file of names is flat. */
const stops = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100];

/** Chooses what to add to every count. */
export class SmoothingSlider {
  private readonly slider: Slider;
  readonly root: HTMLElement;

  constructor(onChange: (smoothing: number) => void) {
    const name = 'Smoothing: what is added to every count';
    const spec = { label: 'smoothing', name, min: 0, max: stops.length - 1, step: 1 };
    this.slider = new Slider(spec, stop => onChange(at(stops, stop)));
    this.root = this.slider.root;
  }

  /** A value between two stops stays as it is until the slider is moved. */
  show(smoothing: number): void {
    const look = (value: number): number => Math.log(value + 0.005);
    this.slider.show(indexOfNearest(stops.map(look), look(smoothing)), formatSetting(smoothing));
  }
}

/** What is added to the counts that are shown: the smoothing of a counting model itself, or only a way to look at the counts. */
export class RunSmoothing {
  private preset: RunState['preset'];
  /** Where the slider is while the worker has not answered. */
  private pending: number | undefined;
  private readonly post: (smoothing: number) => void;

  constructor(private readonly context: PanelContext) {
    this.post = throttle(100, smoothing => context.post({ type: 'smooth', smoothing }));
  }

  of({ preset, smoothing }: RunState): number {
    if (preset !== this.preset || smoothing === this.pending) this.pending = undefined;
    this.preset = preset;
    const own = preset?.hyperparameters.smoothing;
    if (own === undefined) return this.context.settings.get('smoothing', 1);
    return this.pending ?? smoothing ?? own;
  }

  change(smoothing: number, counting: boolean): void {
    if (counting) {
      this.pending = smoothing;
      this.post(smoothing); // so that samples and the evaluation agree with what is shown
      this.context.redraw();
    } else this.context.settings.set('smoothing', smoothing);
  }
}
