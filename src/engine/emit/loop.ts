/** Emits the kernel of a `LoopCall`: element-wise functions over a space of any strides, with sums and maxima. */
import type { LoopCall } from '../calls';
import type { MapFunction } from '../operations';
import { exp, log, sigmoid, tanh } from './math';
import { addressOf, ahead, nest, startOffsets, loopOver, type Axis, type Offsets } from './nest';
import { f32x4, FunctionBuilder, load, loadSplat, loadStrided, type Expression, type SimdFlavor } from './wasm';

const lanes = 4;
/** Vectors computed side by side, so that one need not wait for another. */
const unrolledWork = 12;

/** Arrays are the operands that are no constants, then the results. */
interface LoopShape {
  readonly axes: readonly (Axis & { readonly reduced: boolean })[];
  readonly operands: readonly ({ readonly array: number; readonly integer: boolean } | { readonly constant: number })[];
  readonly steps: LoopCall['steps'];
  readonly results: readonly {
    readonly array: number;
    readonly value: number;
    readonly reduce?: 'sum' | 'max' | undefined;
  }[];
}

/** A call without its addresses, its axes merged where all arrays allow it: alike calls share a kernel. */
export function loopShape({ space, operands, steps, results, reduced }: LoopCall): LoopShape {
  const arrays = [...operands.filter(o => 'base' in o), ...results];
  const axes: (Axis & { reduced: boolean })[] = [];
  space.forEach((size, i) => {
    if (size === 1) return;
    const axis = {
      size,
      strides: arrays.map(({ strides }) => strides[i] * 4),
      reduced: reduced !== undefined && i >= reduced.first && i <= reduced.last,
    };
    const outer = axes.at(-1);
    const isOne = outer?.reduced === axis.reduced && outer.strides.every((s, a) => s === axis.strides[a] * size);
    if (isOne) axes[axes.length - 1] = { ...axis, size: outer.size * size };
    else axes.push(axis);
  });
  let array = 0;
  return {
    axes,
    operands: operands.map(operand => {
      if (!('base' in operand)) return operand;
      const { operation } = operand.base;
      return { array: array++, integer: operation.kind === 'input' && operation.integer };
    }),
    steps,
    results: results.map(({ value, reduce }) => ({ array: array++, value, reduce })),
  };
}

export function emitLoop(shape: LoopShape, flavor: SimdFlavor): FunctionBuilder {
  const arrays = shape.operands.filter(o => 'array' in o).length + shape.results.length;
  const f = new FunctionBuilder(arrays);
  const still = Array<number>(arrays).fill(0);
  const last = shape.axes.at(-1) ?? { size: 1, strides: still, reduced: false };
  const others = shape.axes.slice(0, -1);
  const emitter = new LoopEmitter(f, flavor, shape, last);
  nest(
    f,
    others.filter(a => !a.reduced),
    startOffsets(arrays),
    offsets => {
      const summed = others.filter(a => a.reduced);
      if (last.reduced) emitter.alongSum(summed, offsets);
      else emitter.acrossSum(summed, offsets);
    },
  );
  return f;
}

class LoopEmitter {
  private readonly reductions;
  private readonly stores;
  private readonly unroll: number;

  constructor(
    private readonly f: FunctionBuilder,
    private readonly flavor: SimdFlavor,
    private readonly shape: LoopShape,
    /** The vectors lie along this axis. */
    private readonly axis: Axis,
  ) {
    this.reductions = shape.results.filter(result => result.reduce !== undefined);
    this.stores = shape.results.filter(result => result.reduce === undefined);
    const heavy = shape.steps.filter(({ f }) => ['exp', 'log', 'tanh', 'sigmoid'].includes(f)).length;
    const work = Math.max(1, shape.steps.length + shape.operands.length / 2 + heavy * 12);
    this.unroll = Math.max(1, Math.min(4, Math.floor(unrolledWork / work)));
  }

  /** Nothing is summed along the vectors' axis: each block of vectors is summed along the others, if any. */
  acrossSum(summed: readonly Axis[], offsets: Offsets): void {
    const constant = this.hoist(offsets);
    this.blocks(offsets, (vectors, count, now) => {
      const sums = this.startSums(vectors);
      nest(this.f, summed, now, inner => {
        for (let v = 0; v < vectors; v++) {
          const values = this.compute(inner, v, count, constant);
          this.accumulate(sums[v], values);
          this.storeAll(inner, v, count, values);
        }
      });
      for (let v = 0; v < vectors; v++) this.storeSums(sums[v], now, v, count);
    });
  }

  /** The vectors' own axis is summed: the lanes are added up at the end. */
  alongSum(summed: readonly Axis[], offsets: Offsets): void {
    const constant = this.hoist(offsets);
    const sums = this.startSums(this.unroll);
    nest(this.f, summed, offsets, outer =>
      this.blocks(outer, (vectors, count, now) => {
        for (let v = 0; v < vectors; v++) {
          const values = this.compute(now, v, count, constant);
          this.accumulate(sums[v], values, count);
          this.storeAll(now, v, count, values);
        }
      }),
    );
    const totals = this.reductions.map(({ reduce }, i) => {
      const join = reduce === 'sum' ? f32x4.add : f32x4.max;
      const lanesOf = sums.map(sum => sum[i]).reduce((a, b) => this.f.vector(join(a, b)));
      const pairs = this.f.vector(join(lanesOf, f32x4.swapHalves(lanesOf)));
      return this.f.vector(join(pairs, f32x4.swapPairs(pairs)));
    });
    this.storeSums(totals, offsets, 0, 1);
  }

  /** Covers the axis with blocks of vectors; the last vector may have fewer lanes. */
  private blocks(offsets: Offsets, body: (vectors: number, count: number, offsets: Offsets) => void): void {
    const full = Math.floor(this.axis.size / lanes);
    const [tail, unroll] = [this.axis.size % lanes, Math.min(this.unroll, Math.max(1, full))];
    const whole = Math.floor(full / unroll);
    loopOver(this.f, this.axis, whole, unroll * lanes, offsets, now => body(unroll, lanes, now));
    let done = whole * unroll;
    if (done < full) {
      body(full - done, lanes, ahead(this.axis, done * lanes, offsets));
      done = full;
    }
    if (tail > 0) body(1, tail, ahead(this.axis, done * lanes, offsets));
  }

  /** What is the same everywhere along the axis is loaded once, unless another loop moves it. */
  private hoist(offsets: Offsets): Map<number, Expression> {
    const fixed = new Map<number, Expression>();
    this.shape.operands.forEach((operand, i) => {
      if ('constant' in operand) fixed.set(i, this.f.splat(operand.constant));
      else if (this.shape.axes.every(axis => axis.strides[operand.array] === 0 || !this.isInner(axis))) {
        const value = loadSplat(addressOf(this.f, operand.array, offsets));
        fixed.set(i, this.f.vector(operand.integer ? f32x4.toFloat(value) : value));
      }
    });
    return fixed;
  }

  private isInner(axis: Axis & { reduced: boolean }): boolean {
    return axis.reduced || axis === this.axis;
  }

  /** The values of operands and steps at the v-th vector from an offset. */
  private compute(offsets: Offsets, v: number, count: number, fixed: ReadonlyMap<number, Expression>): Expression[] {
    const { f, shape, axis } = this;
    const values = shape.operands.map((operand, i) => {
      const known = fixed.get(i);
      if (known) return known;
      const { array, integer } = operand as { array: number; integer: boolean };
      const [address, stride] = [addressOf(f, array, offsets), axis.strides[array]];
      const at = v * lanes * stride;
      const value =
        stride === 4 ? load(address, at) : stride === 0 ? loadSplat(address) : loadStrided(address, stride, at, count);
      return f.vector(integer ? f32x4.toFloat(value) : value);
    });
    for (const step of shape.steps) {
      const [a, b, c] = step.of.map(n => values[n]);
      values.push(f.vector(this.apply(step.f, a, b, c)));
    }
    return values;
  }

  private apply(name: MapFunction, a: Expression, b: Expression, c: Expression): Expression {
    const { f, flavor } = this;
    const one = f.splat(1);
    switch (name) {
      case 'identity':
        return a;
      case 'exp':
        return exp(f, flavor, a);
      case 'log':
        return log(f, flavor, a);
      case 'tanh':
        return tanh(f, flavor, a);
      case 'sigmoid':
        return sigmoid(f, flavor, a);
      case 'square':
        return f32x4.mul(a, a);
      case 'neg':
      case 'abs':
      case 'sqrt':
      case 'trunc':
        return f32x4[name](a);
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'max':
      case 'min':
        return f32x4[name](a, b);
      case 'equal':
        return f32x4.and(f32x4.eq(a, b), one);
      case 'notEqual':
        return f32x4.and(f32x4.ne(a, b), one);
      case 'less':
        return f32x4.and(f32x4.lt(a, b), one);
      case 'lessEqual':
        return f32x4.and(f32x4.le(a, b), one);
      case 'greater':
        return f32x4.and(f32x4.gt(a, b), one);
      case 'greaterEqual':
        return f32x4.and(f32x4.ge(a, b), one);
      case 'select':
        return f32x4.select(f32x4.ne(a, f.splat(0)), b, c);
    }
  }

  /** For each of so many vectors, a running value of each reduction. */
  private startSums(vectors: number): Expression[][] {
    return Array.from({ length: vectors }, () =>
      this.reductions.map(({ reduce }) => this.f.vector(this.f.splat(reduce === 'sum' ? 0 : -Infinity))),
    );
  }

  /** Lanes from `count` on hold what lies behind the array and are left out. */
  private accumulate(sums: readonly Expression[], values: readonly Expression[], count = lanes): void {
    this.reductions.forEach(({ reduce, value }, i) => {
      const mask = this.f.mask(count);
      const x = values[value];
      if (reduce === 'sum') this.f.assign(sums[i], f32x4.add(sums[i], count < lanes ? f32x4.and(x, mask) : x));
      else {
        const known = count < lanes ? f32x4.select(mask, x, this.f.splat(-Infinity)) : x;
        this.f.assign(sums[i], f32x4.max(sums[i], known));
      }
    });
  }

  private storeSums(sums: readonly Expression[], offsets: Offsets, v: number, count: number): void {
    this.reductions.forEach(({ array }, i) => this.store(array, sums[i], offsets, v, count));
  }

  private storeAll(offsets: Offsets, v: number, count: number, values: readonly Expression[]): void {
    for (const { array, value } of this.stores) this.store(array, values[value], offsets, v, count);
  }

  private store(array: number, value: Expression, offsets: Offsets, v: number, count: number): void {
    const stride = this.axis.strides[array];
    const address = addressOf(this.f, array, offsets);
    if (stride === 4 || count === 1) this.f.store(address, value, count, v * lanes * stride);
    else this.f.storeStrided(address, value, count, stride, v * lanes * stride);
  }
}
