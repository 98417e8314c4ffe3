/**
 * exp, log, tanh and sigmoid of four float32 lanes, within 4 ulp over their whole range; NaN, infinities, zeros and
 * subnormal numbers as IEEE 754 wants them.
 *
 * Method: range reduction and minimax polynomials in the manner of Cephes (S. L. Moshier, 1992).
 */
import { f32x4, multiplyAdd, type Expression, type FunctionBuilder, type SimdFlavour } from './wasm';

const { add, sub, mul, div, pmin, pmax, nearest, toInt, toFloat, splat, splatBits, select, lt, eq, and, or, abs } = f32x4;
const { addInt, subInt, shiftLeft, shiftRight } = f32x4;

const signBit = splatBits(0x8000_0000 | 0);

/** Emits a function of x, where `x` is a local. */
export type EmitFunction = (f: FunctionBuilder, flavour: SimdFlavour, x: Expression) => Expression;

/** Horner's rule: coefficients of the highest power first. */
function polynomial(f: FunctionBuilder, flavour: SimdFlavour, x: Expression, coefficients: readonly number[]): Expression {
  const [first, ...rest] = coefficients;
  return f.vector(rest.reduce<Expression>((sum, c) => multiplyAdd(flavour, sum, x, splat(c)), splat(first)));
}

/** e^x = 2^n · e^r with n = round(x / ln 2), |r| ≤ ln 2 / 2. 2^n as a product of two, so that it reaches 2^-149 and infinity. */
export const exp: EmitFunction = (f, flavour, x) => {
  const bounded = f.vector(pmax(pmin(x, splat(89)), splat(-104)));
  const n = f.vector(nearest(mul(bounded, splat(Math.LOG2E))));
  // ln 2 in two parts, the first of which has few enough bits for an exact product with n.
  const high = multiplyAdd(flavour, n, splat(-0.693359375), bounded);
  const r = f.vector(multiplyAdd(flavour, n, splat(2.12194440054690583e-4), high));
  const p = polynomial(f, flavour, r, [
    1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
  ]);
  const series = f.vector(multiplyAdd(flavour, mul(r, r), p, add(r, splat(1))));
  const exponent = f.vector(toInt(n));
  const half = f.vector(shiftRight(exponent, 1));
  const power = (k: Expression): Expression => shiftLeft(addInt(k, splatBits(127)), 23);
  return mul(mul(series, power(half)), power(subInt(exponent, half)));
};

/** ln x = k ln 2 + ln m with m in [√½, √2). */
export const log: EmitFunction = (f, flavour, x) => {
  const subnormal = f.vector(lt(x, splat(2 ** -126)));
  const scaled = f.vector(select(subnormal, mul(x, splat(2 ** 23)), x));
  const bias = select(subnormal, splatBits(-23), splatBits(0));
  // Offset so that the exponent field rounds at √½ instead of at 1.
  const bits = f.vector(subInt(scaled, splatBits(0x3f3504f3)));
  const k = f.vector(toFloat(addInt(shiftRight(bits, 23), bias)));
  const m = addInt(and(bits, splatBits(0x007fffff)), splatBits(0x3f3504f3));
  const r = f.vector(sub(m, splat(1)));
  const z = f.vector(mul(r, r));
  const p = polynomial(f, flavour, r, [
    7.0376836292e-2, -1.151461031e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
    2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  ]);
  const tail = multiplyAdd(flavour, k, splat(-2.12194440054690583e-4), mul(mul(r, z), p));
  const small = f.vector(multiplyAdd(flavour, z, splat(-0.5), tail));
  const finite = f.vector(multiplyAdd(flavour, k, splat(0.693359375), add(r, small)));
  const positive = f.vector(select(eq(x, splat(Infinity)), x, finite));
  const ofZero = select(eq(x, splat(0)), splat(-Infinity), positive);
  // All ones is a NaN; so is what a NaN gives, which is below nothing.
  return or(ofZero, or(lt(x, splat(0)), f32x4.ne(x, x)));
};

/** x + x³ P(x²) up to 0.625, from there on 1 − 2 / (e^(2|x|) + 1) with the sign of x. */
export const tanh: EmitFunction = (f, flavour, x) => {
  const size = f.vector(abs(x));
  const z = f.vector(mul(x, x));
  const p = polynomial(f, flavour, z, [
    -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
  ]);
  const near = f.vector(multiplyAdd(flavour, mul(p, z), x, x));
  const e = exp(f, flavour, f.vector(pmin(add(size, size), splat(40))));
  const far = sub(splat(1), div(splat(2), add(e, splat(1))));
  return select(lt(size, splat(0.625)), near, or(far, and(x, signBit)));
};

/** 1 / (1 + e^−x). */
export const sigmoid: EmitFunction = (f, flavour, x) => {
  const e = exp(f, flavour, f.vector(f32x4.neg(x)));
  return div(splat(1), add(splat(1), e));
};
