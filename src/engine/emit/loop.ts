/** Emits the kernel of a `LoopCall`: element-wise functions over a space of any strides, with sums and maxima. */
import { at } from '../../shared/at';
import { changeInputs } from '../operations';
import { emitElementwise } from './elementwise';
import { f32x4, load, loadSplat, loadStrided, type Expression, type SimdFlavor } from './instructions';
import type { LoopShape } from './loop-shape';
import { addressOf, ahead, loopOver, nest, startOffsets, type Axis, type Offsets } from './nest';
import { FunctionBuilder } from './wasm';

const lanes = 4;
/** As much work as is done side by side in several vectors, so that one need not wait for another. */
const unrolledWork = 12;

/** Loads an operand's values: the v-th vector from an offset, of which `count` lanes are used. */
type Load = (offsets: Offsets, v: number, count: number) => Expression;

interface Reduction {
  readonly array: number;
  readonly value: number;
  readonly reduce: 'sum' | 'max';
}
/** A reduction and the local that holds what it has come to. */
interface Running extends Reduction {
  readonly total: Expression;
}

export function emitLoop(shape: LoopShape, flavor: SimdFlavor): FunctionBuilder {
  const arrays = shape.operands.filter(operand => 'array' in operand).length + shape.results.length;
  const f = new FunctionBuilder(arrays);
  const last = shape.axes.at(-1) ?? { size: 1, strides: Array<number>(arrays).fill(0), reduced: false };
  const others = shape.axes.slice(0, -1);
  const kept = others.filter(axis => !axis.reduced);
  const reduced = others.filter(axis => axis.reduced);
  const emitter = new LoopEmitter(f, flavor, shape, last);
  nest(f, kept, startOffsets(arrays), offsets => {
    if (last.reduced) emitter.reduceAlong(reduced, offsets);
    else emitter.reduceAcross(reduced, offsets);
  });
  return f;
}

class LoopEmitter {
  private readonly reductions: readonly Reduction[];
  private readonly stores: LoopShape['results'];
  /** Vectors that are computed side by side. */
  private readonly unroll: number;

  constructor(
    private readonly f: FunctionBuilder,
    private readonly flavor: SimdFlavor,
    private readonly shape: LoopShape,
    /** The vectors lie along this axis. */
    private readonly axis: Axis,
  ) {
    this.reductions = shape.results.flatMap(({ array, value, reduce }) => (reduce ? [{ array, value, reduce }] : []));
    this.stores = shape.results.filter(({ reduce }) => reduce === undefined);
    const heavy = shape.steps.filter(step => step.kind === 'unary' && isHeavy(step.f)).length;
    const work = Math.max(1, shape.steps.length + shape.operands.length / 2 + heavy * 12);
    this.unroll = Math.max(1, Math.min(4, Math.floor(unrolledWork / work)));
  }

  /** The vectors' axis is not reduced: each block of vectors is reduced along the other axes, if any. */
  reduceAcross(reduced: readonly Axis[], offsets: Offsets): void {
    const loads = this.prepareLoads(offsets);
    this.blocks(offsets, (vectors, count, now) => {
      const running = Array.from({ length: vectors }, () => this.startReductions());
      nest(this.f, reduced, now, inner =>
        running.forEach((ofVector, v) => {
          const values = this.compute(loads, inner, v, count);
          this.accumulate(ofVector, values);
          this.storeValues(inner, v, count, values);
        }),
      );
      running.forEach((ofVector, v) => this.storeTotals(ofVector, now, v, count));
    });
  }

  /** The vectors' axis is reduced: at the end the lanes are joined. */
  reduceAlong(reduced: readonly Axis[], offsets: Offsets): void {
    const loads = this.prepareLoads(offsets);
    const running = Array.from({ length: this.unroll }, () => this.startReductions());
    nest(this.f, reduced, offsets, outer =>
      this.blocks(outer, (vectors, count, now) =>
        running.slice(0, vectors).forEach((ofVector, v) => {
          const values = this.compute(loads, now, v, count);
          this.accumulate(ofVector, values, count);
          this.storeValues(now, v, count, values);
        }),
      ),
    );
    const totals = this.reductions.map((reduction, i) => {
      const join = reduction.reduce === 'sum' ? f32x4.add : f32x4.max;
      const vector = running.map(ofVector => at(ofVector, i).total).reduce((a, b) => this.f.vector(join(a, b)));
      const pairs = this.f.vector(join(vector, f32x4.swapHalves(vector)));
      return { ...reduction, total: this.f.vector(join(pairs, f32x4.swapPairs(pairs))) };
    });
    this.storeTotals(totals, offsets, 0, 1);
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

  /** Loads each operand that is the same everywhere in the inner loops now, and once; the others where they are used. */
  private prepareLoads(offsets: Offsets): Load[] {
    const { f, axis, shape } = this;
    return shape.operands.map((operand): Load => {
      if ('constant' in operand) {
        const value = f.splat(operand.constant);
        return () => value;
      }
      const { array, integer } = operand;
      const keep = (loaded: Expression): Expression => f.vector(integer ? f32x4.toFloat(loaded) : loaded);
      if (!this.movesInside(array)) {
        const value = keep(loadSplat(addressOf(f, array, offsets)));
        return () => value;
      }
      const stride = at(axis.strides, array);
      return (now, v, count) => {
        const address = addressOf(f, array, now);
        const offset = v * lanes * stride;
        if (stride === 4) return keep(load(address, offset));
        return keep(stride === 0 ? loadSplat(address) : loadStrided(address, stride, offset, count));
      };
    });
  }

  /** Whether an array moves along the vectors' axis or a reduced one. */
  private movesInside(array: number): boolean {
    return this.shape.axes.some(axis => (axis.reduced || axis === this.axis) && at(axis.strides, array) !== 0);
  }

  /** The values of operands and steps, by their numbers. */
  private compute(loads: readonly Load[], offsets: Offsets, v: number, count: number): Expression[] {
    const { f, flavor, shape } = this;
    const values = loads.map(loadValue => loadValue(offsets, v, count));
    for (const step of shape.steps) {
      const applied = changeInputs(step, n => at(values, n));
      values.push(f.vector(emitElementwise(f, flavor, applied)));
    }
    return values;
  }

  /** The reductions of one vector, before its first value. */
  private startReductions(): Running[] {
    return this.reductions.map(reduction => ({
      ...reduction,
      total: this.f.vector(this.f.splat(reduction.reduce === 'sum' ? 0 : -Infinity)),
    }));
  }

  /** Lanes from `count` on hold what comes after the array and are left out. */
  private accumulate(running: readonly Running[], values: readonly Expression[], count = lanes): void {
    const { f } = this;
    for (const { reduce, value, total } of running) {
      const mask = f.mask(count);
      const x = at(values, value);
      if (reduce === 'sum') f.assign(total, f32x4.add(total, count < lanes ? f32x4.and(x, mask) : x));
      else {
        const known = count < lanes ? f32x4.select(mask, x, f.splat(-Infinity)) : x;
        f.assign(total, f32x4.max(total, known));
      }
    }
  }

  private storeTotals(running: readonly Running[], offsets: Offsets, v: number, count: number): void {
    for (const { array, total } of running) this.store(array, total, offsets, v, count);
  }

  private storeValues(offsets: Offsets, v: number, count: number, values: readonly Expression[]): void {
    for (const { array, value } of this.stores) this.store(array, at(values, value), offsets, v, count);
  }

  private store(array: number, value: Expression, offsets: Offsets, v: number, count: number): void {
    const stride = at(this.axis.strides, array);
    const address = addressOf(this.f, array, offsets);
    if (stride === 4 || count === 1) this.f.store(address, value, count, v * lanes * stride);
    else this.f.storeStrided(address, value, count, stride, v * lanes * stride);
  }
}

function isHeavy(f: string): boolean {
  return f === 'exp' || f === 'log' || f === 'tanh' || f === 'sigmoid';
}
