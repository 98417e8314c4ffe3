/**
 * The random numbers of PyTorch (CPU) and of Python's `random`, both MT19937, so that a run here draws the same weights,
 * minibatches and names as the lectures' notebooks.
 *
 * Source: Matsumoto and Nishimura 1998; ATen's CPUGeneratorImpl, DistributionsHelper and normal_fill, CPython's _randommodule.
 */

import { InputError } from '../shared/errors';

const N = 624;
const M = 397;

/** The 32-bit Mersenne Twister. Indices into the state are in bounds: they are below N, or taken modulo N. */
class MersenneTwister {
  protected readonly state = new Uint32Array(N);
  protected index = N;

  /** The next 32 random bits, tempered, as an unsigned integer. */
  r32(): number {
    if (this.index === N) this.twist();
    let y = this.state[this.index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** `init_genrand` of the reference code: what `torch.manual_seed` does with the low 32 bits of its argument. */
  protected seed(seed: number): void {
    const { state } = this;
    state[0] = seed;
    for (let j = 1; j < N; j++) {
      const previous = state[j - 1]!;
      state[j] = Math.imul(1812433253, previous ^ (previous >>> 30)) + j;
    }
    this.index = N;
  }

  private twist(): void {
    const { state } = this;
    for (let k = 0; k < N; k++) {
      const y = (state[k]! & 0x80000000) | (state[(k + 1) % N]! & 0x7fffffff);
      state[k] = state[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.index = 0;
  }
}

/** `torch.Generator().manual_seed(seed)` on the CPU. */
export class TorchGenerator extends MersenneTwister {
  /** The second half of the last pair of a small `randn`; PyTorch keeps it for the next small one. */
  private keptNormal: number | undefined;

  /** @param seed an integer, of which only the low 32 bits count, as in PyTorch */
  constructor(seed: number) {
    super();
    if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is an integer below 2^53, but this one is ${seed}.`);
    this.seed(Number(BigInt.asUintN(32, BigInt(seed))));
  }

  /** Another generator that draws the same numbers. */
  clone(): TorchGenerator {
    const copy = new TorchGenerator(0);
    copy.state.set(this.state);
    copy.index = this.index;
    copy.keptNormal = this.keptNormal;
    return copy;
  }

  /** Everything that decides what it draws next, to be stored. */
  save(): Uint32Array {
    const kept = new Uint32Array(Float64Array.of(this.keptNormal ?? NaN).buffer);
    return Uint32Array.of(...this.state, this.index, ...kept);
  }

  /** @param saved what `save` returned. @throws InputError for anything else */
  restore(saved: Uint32Array): void {
    const [index = Infinity, ...kept] = saved.subarray(N);
    if (index > N || kept.length !== 2)
      throw new InputError('What was kept of the random numbers is not the state of a generator: train again.');
    this.state.set(saved.subarray(0, N));
    this.index = index;
    const [normal = NaN] = new Float64Array(Uint32Array.from(kept).buffer);
    this.keptNormal = Number.isNaN(normal) ? undefined : normal;
  }

  /** A float32 uniform in [0, 1) with 24 random bits: `torch.rand`, `uniform_`. */
  uniformFloat(): number {
    return (this.r32() & 0xffffff) * 2 ** -24;
  }

  /** A double uniform in [0, 1) with 53 random bits. The first word is the high half. */
  uniformDouble(): number {
    const high = this.r32() & 0x1fffff;
    return (high * 2 ** 32 + this.r32()) * 2 ** -53;
  }

  /** `torch.randint(0, high)`: one integer in [0, high), high at most 2^32. */
  randint(high: number): number {
    return this.r32() % high;
  }

  /** 64 random bits as their low 32: the first word is the high half. */
  r64Low(): number {
    this.r32();
    return this.r32();
  }

  /** `torch.randperm(n)`: 0 to n − 1 in random order. */
  randperm(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n - 1; i++) {
      const j = i + (this.r32() % (n - i));
      [order[i], order[j]] = [order[j]!, order[i]!]; // in bounds: i <= j < n
    }
    return order;
  }

  /** `torch.empty(n).uniform_(-bound, bound)`: computed in double from a float32 uniform, as for `nn.Linear`. */
  uniform(n: number, bound: number): Float32Array {
    const k = Math.fround(bound);
    return Float32Array.from({ length: n }, () => this.uniformFloat() * 2 * k - k);
  }

  /** `torch.randn(n)`: n float32 normals, within 2e-6 of PyTorch's (whose vectorized log and cos differ in the last bit). */
  randn(n: number): Float32Array {
    return n < 16 ? this.smallRandn(n) : this.largeRandn(n);
  }

  private largeRandn(n: number): Float32Array {
    const x = new Float32Array(n);
    for (let i = 0; i < n; i++) x[i] = this.uniformFloat();
    for (let i = 0; i + 16 <= n; i += 16) boxMuller16(x, i);
    if (n % 16 !== 0) {
      for (let i = n - 16; i < n; i++) x[i] = this.uniformFloat();
      boxMuller16(x, n - 16);
    }
    return x;
  }

  private smallRandn(n: number): Float32Array {
    return Float32Array.from({ length: n }, () => {
      if (this.keptNormal !== undefined) {
        const kept = this.keptNormal;
        this.keptNormal = undefined;
        return kept;
      }
      const u1 = this.uniformDouble();
      const u2 = this.uniformDouble();
      const radius = Math.sqrt(-2 * Math.log1p(-u2));
      this.keptNormal = radius * Math.sin(2 * Math.PI * u1);
      return radius * Math.cos(2 * Math.PI * u1);
    });
  }
}

/** Turns 16 uniforms from `offset` on into normals in place, the first eight with the last eight (ATen's normal_fill_16). */
function boxMuller16(x: Float32Array, offset: number): void {
  for (let j = offset; j < offset + 8; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - x[j]!)); // in bounds: x has 16 numbers from `offset` on
    const theta = 2 * Math.PI * x[j + 8]!;
    x[j] = radius * Math.cos(theta);
    x[j + 8] = radius * Math.sin(theta);
  }
}

/** Python's `random.Random(seed)` for a seed of one 32-bit word. */
export class PythonRandom extends MersenneTwister {
  constructor(seed: number) {
    super();
    this.seedByArray([seed]);
  }

  /** `random.shuffle(items)`, in place. */
  shuffle(items: unknown[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.randbelow(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
  }

  private randbelow(n: number): number {
    const bits = 32 - Math.clz32(n);
    let r: number;
    do r = this.r32() >>> (32 - bits);
    while (r >= n);
    return r;
  }

  /** In bounds: i runs from 1 to N - 1, j over the key. */
  private seedByArray(key: readonly number[]): void {
    this.seed(19650218);
    const { state } = this;
    let i = 1;
    const next = (): void => {
      if (++i < N) return;
      state[0] = state[N - 1]!;
      i = 1;
    };
    const mixed = (factor: number): number => {
      const previous = state[i - 1]!;
      return state[i]! ^ Math.imul(previous ^ (previous >>> 30), factor);
    };
    for (let k = 0; k < Math.max(N, key.length); k++) {
      const j = k % key.length;
      state[i] = mixed(1664525) + key[j]! + j;
      next();
    }
    for (let k = 1; k < N; k++) {
      state[i] = mixed(1566083941) - i;
      next();
    }
    state[0] = 0x80000000;
  }
}
