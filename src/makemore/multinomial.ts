import { at } from '../shared/at';
import type { SamplerFamily } from '../shared/sampling';
import type { TorchGenerator } from './random';

/** One index drawn with probabilities p (V), in one of the ways in which `torch.multinomial(p, 1)` has drawn over time. */
export function multinomial(p: Float32Array, g: TorchGenerator, family: SamplerFamily): number {
  return draw[family](p, g);
}

/** Indices are in bounds: they run over p. */
const draw: Record<SamplerFamily, (p: Float32Array, g: TorchGenerator) => number> = {
  /** The first index whose running sum reaches a uniform number. */
  cdf(p, g) {
    const cdf = new Float32Array(p.length);
    let sum = 0;
    for (let i = 0; i < p.length; i++) cdf[i] = sum = Math.fround(sum + p[i]!);
    for (let i = 0; i < p.length; i++) cdf[i]! /= sum;
    const u = g.uniformDouble();
    for (let i = 0; i < p.length - 1; i++) if (cdf[i]! >= u) return i;
    return p.length - 1;
  },

  /** The fastest of exponential clocks whose rates are the probabilities. */
  exponential: (p, g) => fastest(p, () => Math.fround(-Math.log1p(-g.uniformDouble()))),

  /** The same with MKL's multiplicative congruential generator MCG31m1, seeded by one word of ours for each draw. */
  'exponential-mkl'(p, g) {
    let x = g.r32() % mcgModulus || 1;
    return fastest(p, () => {
      const u = x / mcgModulus;
      x = Number((BigInt(x) * 1132489760n) % BigInt(mcgModulus));
      return Math.fround(-Math.log(u));
    });
  },
};

const mcgModulus = 2 ** 31 - 1;

/** argmax p / q, the first of equals; `clock` returns q for one index after the other. */
function fastest(p: Float32Array, clock: () => number): number {
  let best = 0;
  let bestRate = -1;
  for (let i = 0; i < p.length; i++) {
    const rate = Math.fround(p[i]! / clock());
    if (rate > bestRate) {
      best = i;
      bestRate = rate;
    }
  }
  return best;
}

/**
 * Probabilities made sharper (temperature below 1) or flatter (above 1), and only the k largest of them kept (0: all).
 * As `softmax(logits / temperature)`, with ties for the k-th place kept, as in makemore.py. The same array if nothing changes.
 */
export function reshapeProbabilities(p: Float32Array, temperature: number, topK: number): Float32Array {
  const filters = topK > 0 && topK < p.length;
  if (temperature === 1 && !filters) return p;
  const least = filters
    ? at(
        p.toSorted((a, b) => b - a),
        topK - 1,
      )
    : 0;
  const largest = p.reduce((a, b) => Math.max(a, b), 0); // divided by first, so that no power overflows or vanishes
  const raised = p.map(v => (v >= least ? (v / largest) ** (1 / temperature) : 0));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map(v => v / sum);
}
