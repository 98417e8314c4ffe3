import './samples.css';
import { isCounting } from '../../../src/shared/presets';
import { defaultRunOptions } from '../../../src/shared/run';
import { hasModel, type RunState } from '../../../src/shared/run-state';
import { samplerFamilies, samplers } from '../../../src/shared/sampling';
import { disclosure, element, setText } from '../../draw/element';
import { countOf } from '../../draw/format';
import type { Panel, PanelContext, PanelView } from '../panel';
import { SampleForm } from './form';
import { SampleList } from './list';
import { SamplesAlongTable } from './along';

export const samples: Panel = {
  id: 'samples',
  title: 'Samples',
  place: 'first',
  fact: ({ samples }) => (samples ? countOf(samples.words.length, 'name') : ''),
  lookFor: () =>
    'Good names are new, yet could be in the file: more than half of them tagged train means that the model repeats what it has seen. A temperature below 1 makes them safer, above 1 wilder.',
  watches: () => ({ samples: true }),
  mount: (root, context) => new SamplesView(root, context),
};

class SamplesView implements PanelView {
  private readonly form: SampleForm;
  private readonly list: SampleList;
  private readonly along = new SamplesAlongTable();
  private readonly refusal = element('p', { class: 'problem', role: 'alert' });

  constructor(root: HTMLElement, context: PanelContext) {
    this.form = new SampleForm(context);
    this.list = new SampleList(context);
    root.append(
      this.form.root,
      this.refusal,
      this.list.root,
      this.along.root,
      disclosure('Why do my samples differ from the video?', explanation()),
    );
  }

  render(state: RunState): void {
    const { sampler } = state.info ?? defaultRunOptions;
    this.form.render(hasModel(state), sampler, state.sampling ?? state.samples?.request);
    setText(this.refusal, state.sampleProblem ?? '');
    this.list.render(state);
    const learns = state.preset !== undefined && !isCounting(state.preset);
    this.along.render(learns ? state.samplesAlong : nothing);
  }

  focus(): boolean {
    return this.form.focus();
  }

  dispose(): void {
    // Holds nothing outside its own elements.
  }
}

const nothing: RunState['samplesAlong'] = [];

/** The same seed and the same model, but other names: everybody who follows the lectures asks why. */
function explanation(): HTMLElement {
  const paragraph = (text: string): HTMLElement => element('p', {}, text);
  return element(
    'div',
    { class: 'explanation' },
    paragraph(
      'A seed fixes the random numbers, not what is made of them. PyTorch’s torch.multinomial has turned random numbers into characters in three ways over the years, so the same seed and the same model give different names. Choose the one that your video or notebook ran on:',
    ),
    element(
      'dl',
      {},
      ...samplerFamilies.flatMap(id => [element('dt', {}, samplers[id].label), element('dd', {}, samplers[id].help)]),
    ),
    paragraph(
      'Builds with Intel’s MKL library, as conda’s and most Linux and Windows ones were, draw their noise from MKL; the others, as on Apple silicon, do not. And a model that was trained for another number of steps, or on another file, is another model.',
    ),
  );
}
