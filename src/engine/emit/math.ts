/**
 * exp, log, tanh and sigmoid of four float32 lanes, within 4 ulp over their whole range; NaN, infinities, zeros and
 * subnormal numbers are treated as in IEEE 754.
 *
 * Method: range reduction and minimax polynomials in the manner of Cephes (S. L. Moshier, 1992).
 */
import { f32x4, multiplyAdd, multiplySubtract, type Expression, type SimdFlavor } from './instructions';
import type { FunctionBuilder } from './wasm';

const { add, sub, mul, div, pmin, pmax, toFloat, select, lt, eq, and, or, abs } = f32x4;
const { addInt, subInt, shiftLeft, shiftRight } = f32x4;

const signBit = 0x8000_0000 | 0;
/** Adding 1.5 · 2^23 rounds to an integer, which is then in the lowest bits. */
const rounder = 12_582_912;
const bitsOfOne = 0x3f80_0000;

/** Emits a function of x, where `x` is a local. */
type EmitFunction = (f: FunctionBuilder, flavor: SimdFlavor, x: Expression) => Expression;

/** Horner's rule: coefficients of the highest power first. */
function polynomial(
  f: FunctionBuilder,
  flavor: SimdFlavor,
  x: Expression,
  coefficients: readonly [number, ...number[]],
): Expression {
  const [first, ...rest] = coefficients;
  return f.vector(rest.reduce<Expression>((sum, c) => multiplyAdd(flavor, sum, x, f.splat(c)), f.splat(first)));
}

/** (e^r - 1 - r) / r² for |r| ≤ ln 2 / 2: the minimax polynomial of degree 4, with an error of at most 1.3e-8 in e^r - 1. */
const expTail = [1.39464997e-3, 8.36661365e-3, 4.16662805e-2, 0.16666543, 0.5] as const;

/** e^x = 2^n e^r. 2^n is made of two powers, so that it reaches from 2^-149 to infinity. */
export const exp: EmitFunction = (f, flavor, x) => {
  const bounded = f.vector(pmax(pmin(x, f.splat(89)), f.splat(-104)));
  const bits = f.vector(multiplyAdd(flavor, bounded, f.splat(Math.LOG2E), f.splat(rounder)));
  const whole = f.vector(sub(bits, f.splat(rounder)));
  // ln 2 in two parts: the first has so few bits that its product with a whole number is exact.
  const high = multiplyAdd(flavor, whole, f.splat(-0.693359375), bounded);
  const r = f.vector(multiplyAdd(flavor, whole, f.splat(2.121944400546905e-4), high));
  const tail = polynomial(f, flavor, r, expTail);
  const series = f.vector(multiplyAdd(flavor, mul(r, r), tail, add(r, f.splat(1))));
  const n = f.vector(subInt(bits, f.splat(rounder)));
  const half = f.vector(shiftRight(n, 1));
  const power = (k: Expression): Expression => addInt(shiftLeft(k, 23), f.splatBits(bitsOfOne));
  return mul(mul(series, power(half)), power(subInt(n, half)));
};

/** ln x = k ln 2 + ln m with m in [√½, √2). */
export const log: EmitFunction = (f, flavor, x) => {
  const subnormal = f.vector(lt(x, f.splat(2 ** -126)));
  const scaled = f.vector(select(subnormal, mul(x, f.splat(2 ** 23)), x));
  const bias = select(subnormal, f.splatBits(-23), f.splatBits(0));
  // Offset so that the exponent field rounds at √½ instead of at 1.
  const bits = f.vector(subInt(scaled, f.splatBits(0x3f3504f3)));
  const k = f.vector(toFloat(addInt(shiftRight(bits, 23), bias)));
  const m = addInt(and(bits, f.splatBits(0x007fffff)), f.splatBits(0x3f3504f3));
  const r = f.vector(sub(m, f.splat(1)));
  const z = f.vector(mul(r, r));
  const p = polynomial(
    f,
    flavor,
    r,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
  );
  const tail = multiplyAdd(flavor, k, f.splat(-2.121944400546905e-4), mul(mul(r, z), p));
  const small = f.vector(multiplyAdd(flavor, z, f.splat(-0.5), tail));
  const finite = f.vector(multiplyAdd(flavor, k, f.splat(0.693359375), add(r, small)));
  const positive = f.vector(select(eq(x, f.splat(Infinity)), x, finite));
  const ofZero = select(eq(x, f.splat(0)), f.splat(-Infinity), positive);
  // All bits set are a NaN: for negative numbers, and for NaN, which is not equal to itself.
  return or(ofZero, or(lt(x, f.splat(0)), f32x4.ne(x, x)));
};

/**
 * m / (2 - m) with m = 1 - e^(-2|x|) = (1 - 2^n) - 2^n (e^r - 1), which is exact near 0; then the sign of x. Here ln 2
 * needs only one part: the error grows with n, but 2^n makes it small.
 */
export const tanh: EmitFunction = (f, flavor, x) => {
  const doubled = f.vector(pmax(mul(abs(x), f.splat(-2)), f.splat(-18)));
  const bits = f.vector(multiplyAdd(flavor, doubled, f.splat(Math.LOG2E), f.splat(rounder)));
  const r = f.vector(multiplyAdd(flavor, sub(bits, f.splat(rounder)), f.splat(-Math.LN2), doubled));
  const power = f.vector(addInt(shiftLeft(bits, 23), f.splatBits(bitsOfOne)));
  const tail = polynomial(f, flavor, r, expTail);
  const series = multiplyAdd(flavor, mul(r, r), tail, r);
  const m = f.vector(multiplySubtract(flavor, power, series, sub(f.splat(1), power)));
  return or(div(m, sub(f.splat(2), m)), and(x, f.splatBits(signBit)));
};

/** 1 / (1 + e^-x), as e^x / (1 + e^x) below 0, where e^-x would overflow. */
export const sigmoid: EmitFunction = (f, flavor, x) => {
  const e = f.vector(exp(f, flavor, f.vector(f32x4.neg(abs(x)))));
  const one = f.splat(1);
  return div(select(lt(x, f.splat(0)), e, one), add(one, e));
};
