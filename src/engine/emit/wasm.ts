/**
 * A small WebAssembly assembler: expressions, functions, modules.
 *
 * Sources: WebAssembly Core Specification 2.0 (binary format, vector instructions) and its relaxed-SIMD proposal.
 */

/** Instructions that leave one value on the stack: i32, f32 or v128. */
export type Expression = readonly number[];

/** Whether `multiplyAdd` is one instruction that rounds once, or two. */
export type SimdFlavor = 'fma' | 'simd';

const vectorPrefix = 0xfd;
const i32 = 0x7f;
const v128 = 0x7b;
const emptyBlock = 0x40;

const unary = {
  abs: 0xe0,
  neg: 0xe1,
  sqrt: 0xe3,
  trunc: 0x69,
  toFloat: 0xfa,
} as const;

const binary = {
  add: 0xe4,
  sub: 0xe5,
  mul: 0xe6,
  div: 0xe7,
  /** NaN where one operand is NaN. */
  min: 0xe8,
  max: 0xe9,
  /** b < a ? b : a and a < b ? b : a: one instruction each. A NaN in the first operand stays. */
  pmin: 0xea,
  pmax: 0xeb,
  eq: 0x41,
  ne: 0x42,
  lt: 0x43,
  gt: 0x44,
  le: 0x45,
  ge: 0x46,
  and: 0x4e,
  andnot: 0x4f,
  or: 0x50,
  xor: 0x51,
  addInt: 0xae,
  subInt: 0xb1,
} as const;

const shifts = { shiftLeft: 0xab, shiftRight: 0xac } as const;

/** Unsigned LEB128. */
function leb(n: number): number[] {
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

const vector = (opcode: number): number[] => [vectorPrefix, ...leb(opcode)];

function operations<K extends string, F>(
  table: Readonly<Record<K, number>>,
  make: (opcode: number[]) => F,
): Record<K, F> {
  return Object.fromEntries(Object.entries<number>(table).map(([name, code]) => [name, make(vector(code))])) as Record<
    K,
    F
  >;
}

/** Operations on four float32 lanes; those named Int on four int32 lanes. */
export const f32x4 = {
  ...operations(unary, opcode => (a: Expression): Expression => [...a, ...opcode]),
  ...operations(binary, opcode => (a: Expression, b: Expression): Expression => [...a, ...b, ...opcode]),
  ...operations(shifts, opcode => (a: Expression, bits: number): Expression => [...a, ...int(bits), ...opcode]),
  /** Lane for lane: a where the mask is set, else b. */
  select: (mask: Expression, a: Expression, b: Expression): Expression => [...a, ...b, ...mask, ...vector(0x52)],
  /** Lanes 2, 3, 0, 1 or 1, 0, 3, 2: what sums or maxima over the lanes need. */
  swapHalves: (a: Expression): Expression => shuffle(a, [2, 3, 0, 1]),
  swapPairs: (a: Expression): Expression => shuffle(a, [1, 0, 3, 2]),
} as const;

function shuffle(a: Expression, order: readonly number[]): Expression {
  return [...a, ...a, ...vector(0x0d), ...order.flatMap(lane => [0, 1, 2, 3].map(byte => lane * 4 + byte))];
}

/** a · b + c. */
export function multiplyAdd(flavor: SimdFlavor, a: Expression, b: Expression, c: Expression): Expression {
  return flavor === 'fma' ? [...a, ...b, ...c, ...vector(0x105)] : f32x4.add(f32x4.mul(a, b), c);
}

/** c − a · b. */
export function multiplySubtract(flavor: SimdFlavor, a: Expression, b: Expression, c: Expression): Expression {
  return flavor === 'fma' ? [...a, ...b, ...c, ...vector(0x106)] : f32x4.sub(c, f32x4.mul(a, b));
}

export const int = (n: number): Expression => [0x41, ...signedLeb(n)];
export const addInts = (a: Expression, b: Expression): Expression => [...a, ...b, 0x6a];
export const multiplyInts = (a: Expression, b: Expression): Expression => [...a, ...b, 0x6c];

/** The int32 at an address. */
export const loadInt = (address: Expression): Expression => [...address, 0x28, 2, 0];
/** The float32 at an address as an int32. */
export const loadFloatAsInt = (address: Expression): Expression => [...address, 0x2a, 2, 0, 0xfc, 0];
/** Four lanes from an address, of which nothing is assumed. */
export const load = (address: Expression, offset = 0): Expression => [...address, ...vector(0), 0, ...leb(offset)];
/** One number into all lanes. */
export const loadSplat = (address: Expression, offset = 0): Expression => [...address, ...vector(9), 0, ...leb(offset)];

/** `count` numbers, `stride` bytes apart, and zeros. */
export function loadStrided(address: Expression, stride: number, offset: number, count: number): Expression {
  const lane = (into: Expression, n: number): Expression => [
    ...address,
    ...into,
    ...vector(0x56),
    0,
    ...leb(offset + n * stride),
    n,
  ];
  return [1, 2, 3].slice(0, count - 1).reduce<Expression>(lane, [...address, ...vector(0x5c), 0, ...leb(offset)]);
}

/** A WebAssembly function under construction: parameters are i32 addresses, locals come as they are needed. */
export class FunctionBuilder {
  private readonly body: number[] = [];
  private readonly locals: number[] = [];
  private readonly constants = new Map<string, Expression>();

  constructor(readonly parameters: number) {}

  parameter(index: number): Expression {
    return [0x20, ...leb(index)];
  }

  /** The same number in all lanes. */
  splat(x: number): Expression {
    return this.constant(new Float32Array(4).fill(x));
  }

  /** The same 32 bits in all lanes. */
  splatBits(bits: number): Expression {
    return this.constant(new Int32Array(4).fill(bits));
  }

  /** All bits of the first `count` lanes. */
  mask(count: number): Expression {
    return this.constant(Int32Array.from({ length: 4 }, (_, lane) => (lane < count ? -1 : 0)));
  }

  /** Computes a vector now and keeps it in a local. */
  vector(value: Expression): Expression {
    return this.keep(v128, value);
  }

  /** Computes an integer now and keeps it in a local. */
  integer(value: Expression): Expression {
    return this.keep(i32, value);
  }

  /** Gives a local that `vector` or `integer` made another value. */
  assign(local: Expression, value: Expression): void {
    this.push(value, [0x21, ...local.slice(1)]);
  }

  advance(local: Expression, bytes: number): void {
    if (bytes !== 0) this.assign(local, addInts(local, int(bytes)));
  }

  /** Repeats `body` so many times, at least once. */
  repeat(count: number, body: () => void): void {
    if (count === 1) {
      body();
      return;
    }
    const left = this.integer(int(count));
    this.push([0x03, emptyBlock]);
    body();
    this.push(left, int(-1), [0x6a, 0x22, ...left.slice(1)], [0x0d, 0], [0x0b]);
  }

  /** Runs `then` where a < b as unsigned integers, else `otherwise`. */
  whenBelow(a: Expression, b: Expression, then: () => void, otherwise?: () => void): void {
    this.push(a, b, [0x49, 0x04, emptyBlock]);
    then();
    if (otherwise) {
      this.push([0x05]);
      otherwise();
    }
    this.push([0x0b]);
  }

  /** Writes the first `count` lanes. */
  store(address: Expression, value: Expression, count: number, offset = 0): void {
    if (count >= 4) {
      this.push(address, value, [...vector(0x0b), 0, ...leb(offset)]);
      return;
    }
    const kept = count === 3 ? this.vector(value) : value;
    if (count >= 2) this.push(address, kept, [...vector(0x5b), 0, ...leb(offset), 0]);
    if (count !== 2) this.push(address, kept, [...vector(0x5a), 0, ...leb(offset + (count - 1) * 4), count - 1]);
  }

  /** Writes the first `count` lanes, `stride` bytes apart. */
  storeStrided(address: Expression, value: Expression, count: number, stride: number, offset: number): void {
    for (let lane = 0; lane < count; lane++)
      this.push(address, value, [...vector(0x5a), 0, ...leb(offset + lane * stride), lane]);
  }

  fillWithZeros(address: Expression, bytes: number): void {
    this.push(address, int(0), int(bytes), [0xfc, 0x0b, 0]);
  }

  call(index: number, parameters: readonly Expression[]): void {
    this.push(...parameters, [0x10, ...leb(index)]);
  }

  /** The function's entry in the code section. */
  encode(): number[] {
    const types = this.locals.flatMap(type => [1, type]);
    const constants = [...this.constants].flatMap(([bytes, local]) => [
      ...vector(0x0c),
      ...bytes.split(',').map(Number),
      0x21,
      ...local.slice(1),
    ]);
    const code = [...leb(this.locals.length), ...types].concat(constants, this.body, 0x0b);
    return leb(code.length).concat(code);
  }

  /** Constants are made once where the function begins: V8 would make them anew in every turn of a loop. */
  private constant(values: Float32Array | Int32Array): Expression {
    const bytes = new Uint8Array(values.buffer).join();
    const local = this.constants.get(bytes) ?? this.local(v128);
    this.constants.set(bytes, local);
    return local;
  }

  private keep(type: number, value: Expression): Expression {
    const local = this.local(type);
    this.push(value, [0x21, ...local.slice(1)]);
    return local;
  }

  private local(type: number): Expression {
    return [0x20, ...leb(this.parameters + this.locals.push(type) - 1)];
  }

  private push(...parts: Expression[]): void {
    for (const part of parts) this.body.push(...part);
  }
}

/** A module that imports `m.memory` and exports its last function as `run`. */
export function encodeModule(functions: readonly FunctionBuilder[]): Uint8Array<ArrayBuffer> {
  const arities = [...new Set(functions.map(f => f.parameters))];
  const types = arities.map(n => [0x60, ...leb(n), ...Array<number>(n).fill(i32), 0]);
  const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
  const list = (items: readonly (readonly number[])[]): number[] => leb(items.length).concat(...items);
  const section = (id: number, content: number[]): number[] => [id, ...leb(content.length)].concat(content);
  return new Uint8Array(
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
      section(1, list(types)),
      section(2, list([[...name('m'), ...name('memory'), 2, 0, 0]])),
      section(3, list(functions.map(f => leb(arities.indexOf(f.parameters))))),
      section(7, list([[...name('run'), 0, ...leb(functions.length - 1)]])),
      section(10, list(functions.map(f => f.encode()))),
    ),
  );
}

/** The best that this machine runs; undefined where it has no vector instructions. */
export function detectSimd(): SimdFlavor | undefined {
  const runs = (flavor: SimdFlavor): boolean => {
    const probe = new FunctionBuilder(0);
    const zero = probe.splat(0);
    probe.vector(multiplyAdd(flavor, zero, zero, zero));
    return WebAssembly.validate(encodeModule([probe]));
  };
  return (['fma', 'simd'] as const).find(runs);
}
