import { at } from '../../../src/shared/at';
import type { WalkPass } from '../../../src/shared/inspection';
import type { RunInfo } from '../../../src/shared/run';

/** What happens at the stations of a forward pass, in a few words: with the names of parameters, as in the lectures. */

/** @param before the previous station, where there is one */
export function passPhrase({ name, kind, shape }: WalkPass, info: RunInfo, before: WalkPass | undefined): string {
  const has = parameterTest(info);
  switch (kind) {
    case 'embedding':
      if (has('wpe')) return 'its row of wte, plus the row of wpe for its place';
      return `rows of ${has('C') ? 'C' : 'wte'}`;
    case 'concatenation':
      if (name === 'xenc') return 'one-hot rows side by side';
      if (has('mlp.0.weight')) return 'rows of wte side by side: the last character first, BLANK where none is';
      return shape.length === 2 ? 'neighbors side by side' : 'side by side';
    case 'preactivation': {
      const layer = numberIn(name);
      return `@ W${layer}${has(`b${layer}`) ? ` + b${layer}` : ', normalized by the running statistics'}`;
    }
    case 'tanh':
      if (before?.kind === 'preactivation') return 'tanh';
      if (has('mlp.0.weight')) return 'mlp.0, then tanh';
      if (has('cell.xh_to_h.weight')) return 'tanh of what cell.xh_to_h makes of the character and of h before it';
      return 'added to the mean of all so far, then c_fc and tanh';
    case 'hidden':
      return 'the gates keep a part of h before it, and take the rest from the new';
    case 'attention':
      return 'what each head looks at from here; a row sums to 1';
    case 'block':
      return has('context_block.mlp.c_fc.weight')
        ? 'added to what c_proj makes of h'
        : 'attention and an MLP have been added';
    default:
      return kind satisfies never;
  }
}

/** How the logits follow from the last station. */
export function logitsPhrase(info: RunInfo): string {
  const has = parameterTest(info);
  const layers = info.parameters.filter(({ name }) => /^W\d+$/.test(name)).length;
  if (layers > 0)
    return `@ W${layers}${has(`b${layers}`) ? ` + b${layers}` : ', normalized by the running statistics'}`;
  if (has('lm_head.weight')) return has('ln_f.weight') ? 'ln_f, then lm_head' : 'lm_head';
  if (has('mlp.2.weight')) return 'mlp.2';
  if (has('logits')) return 'the row of the table for the last character';
  const [rows, columns] = at(info.parameters, 0).shape;
  if (columns === 1) return 'one neuron: the same output for all of them';
  return rows === info.vocabSize ? 'one-hot @ W: the row of W for the last character' : 'xenc @ W';
}

/** @param hasLogits whether a net predicted them; otherwise they were counted */
export function probsPhrase(hasLogits: boolean): string {
  return hasLogits ? 'softmax: exp, divided by the sum' : 'the row of counts, divided by its sum';
}

function parameterTest({ parameters }: RunInfo): (name: string) => boolean {
  return name => parameters.some(parameter => parameter.name === name);
}

/** The 2 of hpreact2. A single layer has no number. */
function numberIn(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 1);
}
