import type { WalkPass } from '../../../src/shared/inspection';
import { models, type LayerInputs, type ModelId } from '../../../src/shared/models';
import type { RunInfo } from '../../../src/shared/run';

/** What happens at the stations of a forward pass, in a few words, with the names that the lectures use. */

/** @param before the station before, if there is one */
export function passPhrase(
  { name, kind, shape }: WalkPass,
  model: ModelId,
  info: RunInfo,
  before: WalkPass | undefined,
): string {
  const has = parameterTest(info);
  const { layers } = models[model];
  switch (kind) {
    case 'embedding':
      if (has('wpe')) return 'its row of wte, plus the row of wpe for its place';
      return `rows of ${has('C') ? 'C' : 'wte'}`;
    case 'concatenation':
      if (name === 'xenc') return 'one-hot rows side by side';
      if (layers?.inputs === 'context, last first')
        return 'rows of wte side by side: the last character first, BLANK where none is';
      return shape.length === 2 ? 'neighbors side by side' : 'side by side';
    case 'preactivation':
      return numberedPhrase(Number(/\d+$/.exec(name)?.[0] ?? 1), has); // the only layer has no number
    case 'tanh':
    case 'hidden':
      return before?.kind === 'preactivation' || !layers ? kind : layerPhrase(layers.inputs, layers.weights ?? '');
    case 'attention':
      return 'what each head looks at from here; a row sums to 1';
    case 'block':
      return before?.kind === 'attention' ? 'attention and an MLP have been added' : 'added to what c_proj makes of h';
    default:
      return kind satisfies never;
  }
}

/** How a layer follows from what it looks at. */
function layerPhrase(inputs: LayerInputs, weights: string): string {
  const linear = weights.replace('.weight', '');
  switch (inputs) {
    case 'context':
    case 'context, last first':
      return `${linear}, then tanh`;
    case 'character and h':
      return `tanh of what ${linear} makes of the character and of h before it`;
    case 'mean of context':
      return 'added to the mean of all so far, then c_fc and tanh';
    case 'gates':
      return 'the gates keep a part of h before it, and take the rest from the new';
    default:
      return inputs satisfies never;
  }
}

/** How the logits follow from the last station. */
export function logitsPhrase(model: ModelId, info: RunInfo): string {
  const { logits } = models[model];
  switch (logits) {
    case null:
      return '';
    case 'one neuron':
      return 'one neuron: the same output for all of them';
    case 'one-hot @ W':
      return 'one-hot @ W: the row of W for the last character';
    case 'last layer': {
      const layers = info.parameters.filter(({ name }) => /^W\d+$/.test(name)).length;
      return numberedPhrase(layers, parameterTest(info));
    }
    case 'table':
      return 'the row of the table for the last character';
    case 'xenc @ W':
    case 'mlp.2':
    case 'lm_head':
    case 'ln_f, then lm_head':
      return logits;
    default:
      return logits satisfies never;
  }
}

/** @param hasLogits whether a net gave them; else they were counted */
export function probsPhrase(hasLogits: boolean): string {
  return hasLogits ? 'softmax: exp, divided by the sum' : 'the row of counts, divided by its sum';
}

/** The linear layer of a number, as the lectures write it. */
function numberedPhrase(layer: number, has: (name: string) => boolean): string {
  return `@ W${layer}${has(`b${layer}`) ? ` + b${layer}` : ', normalized by the running statistics'}`;
}

function parameterTest({ parameters }: RunInfo): (name: string) => boolean {
  return name => parameters.some(parameter => parameter.name === name);
}
