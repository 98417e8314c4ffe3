import './samples.css';
import type { DrawnNames, Samples } from '../../../src/shared/run';
import { defaultRunOptions } from '../../../src/shared/run';
import { hasModel, isTraining, type RunState } from '../../../src/shared/run-state';
import { samplerFamilies, samplers } from '../../../src/shared/sampling';
import { disclosure, element, iconButton, setText, textButton } from '../../draw/element';
import type { Panel, PanelContext, PanelView } from '../panel';
import { SampleForm } from './form';
import { SampleList, summarize } from './list';
import { memorySentence } from './memory';

export const samples: Panel = {
  id: 'samples',
  title: 'Names',
  place: 'front',
  // The model of a range test ends with steps that are far too large.
  isOffered: ({ purpose }) => purpose !== 'rangeTest',
  fact: () => '',
  watches: () => ({ samples: true }),
  mount: (root, context) => new SamplesView(root, context),
};

/** The newest names while the model learns, and those that a person, or the end of the training, has asked for. */
class SamplesView implements PanelView {
  private readonly form: SampleForm;
  private readonly list = new SampleList();
  private readonly more: HTMLButtonElement;
  private readonly follow: HTMLButtonElement;
  private readonly ofSamples: readonly HTMLButtonElement[];
  private readonly summary = element('p', { class: 'fact-line quiet', role: 'status' });
  private readonly memory = element('p', { class: 'fact-line quiet' });
  private readonly refusal = element('p', { class: 'problem', role: 'alert' });
  private state: RunState | undefined;
  /** What a person has seen enough of, and follows the newest names again. */
  private seen: Samples | undefined;

  constructor(root: HTMLElement, context: PanelContext) {
    const { post } = context;
    this.form = new SampleForm(context);
    this.more = textButton('', () => this.form.sampleWithAnotherSeed(), 'secondary');
    this.ofSamples = [
      iconButton('copy', 'Copy', () => post({ type: 'copySamples' })),
      iconButton('go-to-file', 'Open as document', () => post({ type: 'openSamples' })),
    ];
    this.follow = iconButton('sync', 'Follow the newest names again', () => {
      this.seen = this.state?.samples;
      context.redraw();
    });
    const options = element(
      'div',
      {},
      this.form.root,
      disclosure('What do temperature and top-k do?', drawing()),
      disclosure('Why do my samples differ from the video?', explanation()),
    );
    root.append(
      this.list.root,
      element('div', { class: 'actions' }, this.more, ...this.ofSamples, this.follow),
      this.summary,
      this.memory,
      this.refusal,
      disclosure('Options', options),
    );
  }

  render(state: RunState): void {
    this.state = state;
    const { samples, newest, sampling, sampleProblem } = state;
    const { sampler } = state.info ?? defaultRunOptions;
    const isLive = isTraining(state) && newest !== undefined;
    const follows = !samples || (isLive && samples === this.seen);
    const names: DrawnNames | undefined = follows ? newest : samples;
    this.form.render(hasModel(state), sampler, sampling ?? samples?.request);
    this.list.show(names, follows);
    setText(this.more, `${this.form.count} More`);
    this.more.disabled = !hasModel(state);
    for (const button of this.ofSamples) button.hidden = !samples || follows;
    this.follow.hidden = !isLive || follows;
    setText(this.summary, summaryOf(state, follows));
    const says = sampling || follows ? '' : memorySentence(state);
    setText(this.memory, says);
    this.memory.hidden = says === '';
    setText(this.refusal, sampleProblem ?? '');
  }

  focus(): boolean {
    this.more.focus();
    return document.activeElement === this.more;
  }

  dispose(): void {
    // Holds nothing outside its own elements.
  }
}

/** Names that follow each other by themselves are not told: nobody could listen so fast. */
function summaryOf(state: RunState, follows: boolean): string {
  const { samples, newest, sampling } = state;
  if (sampling) return 'Drawing…';
  if (samples && !follows) return summarize(samples);
  if (newest) return '';
  if (state.lookedAt) return 'Open the run to draw names from it.';
  return hasModel(state) ? '' : 'Names appear here once there is a model.';
}

const paragraph = (text: string): HTMLElement => element('p', {}, text);

/** How logits become a character. */
function drawing(): HTMLElement {
  return element(
    'div',
    { class: 'explanation' },
    paragraph(
      'Each character is drawn from softmax(logits / T). T = 1 is the model as it is. Below 1, likely characters become likelier, until T → 0 always takes the likeliest (argmax); far above 1, all become alike. Top-k makes all but the k largest logits −∞, which cuts the tail off.',
    ),
    paragraph(
      'Both favor short, frequent names, so more of them stand in the file, in train and in dev alike. That is no memory: a model that repeats what it has learned draws names of train, but hardly any of dev.',
    ),
  );
}

/** The same seed and the same model, but other names: everybody who follows the lectures asks why. */
function explanation(): HTMLElement {
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
      'Builds with Intel’s MKL library, as conda’s and most Linux and Windows ones are, draw their noise from MKL; the others, as on Apple silicon, do not. And a model that was trained for another number of steps, or on another file, is another model.',
    ),
  );
}
