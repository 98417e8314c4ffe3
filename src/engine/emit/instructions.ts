/**
 * WebAssembly instructions, as bytes: arithmetic on vectors, loads, and a little arithmetic on integers.
 *
 * Sources: WebAssembly Core Specification 2.0 (binary format, vector instructions) and its relaxed-SIMD proposal.
 */

/** Instructions that leave one value on the stack: i32, f32 or v128. */
export type Expression = readonly number[];

/** Whether `multiplyAdd` is one instruction that rounds once, or two. */
export type SimdFlavor = 'fma' | 'simd';

/** Unsigned LEB128. */
export function leb(n: number): number[] {
  const bytes: number[] = [];
  for (let rest = n; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function signedLeb(n: number): number[] {
  const bytes: number[] = [];
  for (let rest = n | 0; ; rest >>= 7) {
    const byte = rest & 127;
    if ((rest >> 7 === 0 && !(byte & 64)) || (rest >> 7 === -1 && byte & 64)) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

/** Opcodes that are not of vectors, by the names of the specification. */
export const opcode = {
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  branchIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  f32Load: 0x2a,
  i32Const: 0x41,
  i32LessUnsigned: 0x49,
  i32Add: 0x6a,
  i32Multiply: 0x6c,
} as const;

/** A vector instruction: its opcode comes after a prefix. */
function vector(code: number): readonly number[] {
  return [0xfd, ...leb(code)];
}

/** Vector instructions that are not arithmetic, by the names of the specification. */
export const v128 = {
  load: vector(0x00),
  load32Splat: vector(0x09),
  store: vector(0x0b),
  const: vector(0x0c),
  bitselect: vector(0x52),
  load32Lane: vector(0x56),
  store32Lane: vector(0x5a),
  store64Lane: vector(0x5b),
  load32Zero: vector(0x5c),
} as const;
const i8x16Shuffle = vector(0x0d);
/** i32.trunc_sat_f32_s */
const i32TruncateSaturated = [0xfc, 0x00] as const;
const relaxedMultiplyAdd = vector(0x105);
const relaxedNegatedMultiplyAdd = vector(0x106);

/** Alignments, as powers of two. Vectors have none: a view may begin at any element. */
export const unaligned = 0;
const aligned4 = 2;

function unary(code: number): (a: Expression) => Expression {
  const instruction = vector(code);
  return a => [...a, ...instruction];
}

function binary(code: number): (a: Expression, b: Expression) => Expression {
  const instruction = vector(code);
  return (a, b) => [...a, ...b, ...instruction];
}

function shift(code: number): (a: Expression, bits: number) => Expression {
  const instruction = vector(code);
  return (a, bits) => [...a, ...int(bits), ...instruction];
}

/** Operations on four float32 lanes; those named Int on four int32 lanes. */
export const f32x4 = {
  abs: unary(0xe0),
  neg: unary(0xe1),
  sqrt: unary(0xe3),
  trunc: unary(0x69),
  toFloat: unary(0xfa),
  add: binary(0xe4),
  sub: binary(0xe5),
  mul: binary(0xe6),
  div: binary(0xe7),
  /** NaN if one operand is NaN. */
  min: binary(0xe8),
  max: binary(0xe9),
  /** b < a ? b : a and a < b ? b : a: one instruction each. NaN in the first operand stays. */
  pmin: binary(0xea),
  pmax: binary(0xeb),
  eq: binary(0x41),
  ne: binary(0x42),
  lt: binary(0x43),
  gt: binary(0x44),
  le: binary(0x45),
  ge: binary(0x46),
  and: binary(0x4e),
  or: binary(0x50),
  addInt: binary(0xae),
  subInt: binary(0xb1),
  shiftLeft: shift(0xab),
  shiftRight: shift(0xac),
  /** Lane by lane: a where the mask is set, else b. */
  select: (mask: Expression, a: Expression, b: Expression): Expression => [...a, ...b, ...mask, ...v128.bitselect],
  /** Lanes 2, 3, 0, 1 and 1, 0, 3, 2, with which sums and maxima of all lanes are made. */
  swapHalves: (a: Expression): Expression => shuffle(a, [2, 3, 0, 1]),
  swapPairs: (a: Expression): Expression => shuffle(a, [1, 0, 3, 2]),
} as const;

function shuffle(a: Expression, order: readonly number[]): Expression {
  return [...a, ...a, ...i8x16Shuffle, ...order.flatMap(lane => [0, 1, 2, 3].map(byte => lane * 4 + byte))];
}

/** a · b + c. */
export function multiplyAdd(flavor: SimdFlavor, a: Expression, b: Expression, c: Expression): Expression {
  return flavor === 'fma' ? [...a, ...b, ...c, ...relaxedMultiplyAdd] : f32x4.add(f32x4.mul(a, b), c);
}

/** c − a · b. */
export function multiplySubtract(flavor: SimdFlavor, a: Expression, b: Expression, c: Expression): Expression {
  return flavor === 'fma' ? [...a, ...b, ...c, ...relaxedNegatedMultiplyAdd] : f32x4.sub(c, f32x4.mul(a, b));
}

export function int(n: number): Expression {
  return [opcode.i32Const, ...signedLeb(n)];
}

export function addInts(a: Expression, b: Expression): Expression {
  return [...a, ...b, opcode.i32Add];
}

export function multiplyInts(a: Expression, b: Expression): Expression {
  return [...a, ...b, opcode.i32Multiply];
}

/** The int32 at an address. */
export function loadInt(address: Expression): Expression {
  return [...address, opcode.i32Load, aligned4, 0];
}

/** The float32 at an address as an int32; numbers outside of its range become the nearest one in it. */
export function loadFloatAsInt(address: Expression): Expression {
  return [...address, opcode.f32Load, aligned4, 0, ...i32TruncateSaturated];
}

/** Four lanes from an address. */
export function load(address: Expression, offset = 0): Expression {
  return [...address, ...v128.load, unaligned, ...leb(offset)];
}

/** One number into all lanes. */
export function loadSplat(address: Expression, offset = 0): Expression {
  return [...address, ...v128.load32Splat, unaligned, ...leb(offset)];
}

/** `count` numbers, `stride` bytes apart; the other lanes are zeros. */
export function loadStrided(address: Expression, stride: number, offset: number, count: number): Expression {
  const first = [...address, ...v128.load32Zero, unaligned, ...leb(offset)];
  const addLane = (lanes: Expression, lane: number): Expression => [
    ...address,
    ...lanes,
    ...v128.load32Lane,
    unaligned,
    ...leb(offset + lane * stride),
    lane,
  ];
  return [1, 2, 3].slice(0, count - 1).reduce<Expression>(addLane, first);
}
