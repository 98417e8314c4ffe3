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

/** Unnormalized logarithms of probabilities (V): -Infinity for what cannot be. */
export type Logits = Float64Array;

/**
 * `softmax(logits / temperature)` (V), of which only the k largest are kept, with ties for the k-th place, as in makemore.py.
 * A temperature of 0 takes the largest.
 *
 * @param topK 0 or -1: all
 * @returns undefined if that is no distribution: a logit is not a number or infinite, or nothing can be
 */
export function distribution(logits: Logits, temperature: number, topK: number): Float32Array | undefined {
  const k = temperature === 0 ? 1 : topK;
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(largest)) return undefined;
  const least = k > 0 && k < logits.length ? at(logits.toSorted(), logits.length - k) : -Infinity;
  const scale = temperature === 0 ? 1 : temperature;
  const exps = Float64Array.from(logits, logit => (logit >= least ? Math.exp((logit - largest) / scale) : 0));
  const sum = exps.reduce((a, b) => a + b, 0);
  return Float32Array.from(exps, v => v / sum);
}
