/** WebAssembly functions and modules. */
import {
  addInts,
  int,
  leb,
  multiplyAdd,
  opcode,
  unaligned,
  v128,
  type Expression,
  type SimdFlavor,
} from './instructions';

const wasmType = { i32: 0x7f, v128: 0x7b, function: 0x60, emptyBlock: 0x40 } as const;
const sectionId = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;
const memoryFill = [0xfc, 0x0b, 0] as const;

/** A WebAssembly function under construction. Its parameters are i32 addresses; locals are added as they are needed. */
export class FunctionBuilder {
  private readonly body: number[] = [];
  private readonly locals: number[] = [];
  private readonly constants = new Map<string, Expression>();

  constructor(readonly parameters: number) {}

  parameter(index: number): Expression {
    return [opcode.localGet, ...leb(index)];
  }

  /** The same number in all lanes. */
  splat(x: number): Expression {
    return this.constant(new Float32Array(4).fill(x));
  }

  /** The same 32 bits in all lanes. */
  splatBits(bits: number): Expression {
    return this.constant(new Int32Array(4).fill(bits));
  }

  /** All bits set in the first `count` lanes, none in the others. */
  mask(count: number): Expression {
    return this.constant(Int32Array.from({ length: 4 }, (_, lane) => (lane < count ? -1 : 0)));
  }

  /** Computes a vector now and keeps it in a local. */
  vector(value: Expression): Expression {
    return this.keep(wasmType.v128, value);
  }

  /** Computes an integer now and keeps it in a local. */
  integer(value: Expression): Expression {
    return this.keep(wasmType.i32, value);
  }

  /** Changes the value of a local that `vector` or `integer` returned. */
  assign(local: Expression, value: Expression): void {
    this.push(value, setLocal(local));
  }

  advance(local: Expression, bytes: number): void {
    if (bytes !== 0) this.assign(local, addInts(local, int(bytes)));
  }

  /** Repeats `body` `count` times, at least once. */
  repeat(count: number, body: () => void): void {
    if (count === 1) {
      body();
      return;
    }
    const left = this.integer(int(count));
    this.push([opcode.loop, wasmType.emptyBlock]);
    body();
    this.push(addInts(left, int(-1)), [opcode.localTee, ...indexOf(left)], [opcode.branchIf, 0], [opcode.end]);
  }

  /** Runs `then` if a < b as unsigned integers, else `otherwise`. */
  whenBelow(a: Expression, b: Expression, then: () => void, otherwise?: () => void): void {
    this.push(a, b, [opcode.i32LessUnsigned, opcode.if, wasmType.emptyBlock]);
    then();
    if (otherwise) {
      this.push([opcode.else]);
      otherwise();
    }
    this.push([opcode.end]);
  }

  /** Writes the first `count` lanes. */
  store(address: Expression, value: Expression, count: number, offset = 0): void {
    if (count >= 4) {
      this.push(address, value, [...v128.store, unaligned, ...leb(offset)]);
      return;
    }
    const kept = count === 3 ? this.vector(value) : value;
    if (count >= 2) this.push(address, kept, [...v128.store64Lane, unaligned, ...leb(offset), 0]);
    if (count !== 2) this.storeLane(address, kept, count - 1, offset + (count - 1) * 4);
  }

  /** Writes the first `count` lanes, `stride` bytes apart. */
  storeStrided(address: Expression, value: Expression, count: number, stride: number, offset: number): void {
    for (let lane = 0; lane < count; lane++) this.storeLane(address, value, lane, offset + lane * stride);
  }

  fillWithZeros(address: Expression, bytes: number): void {
    this.push(address, int(0), int(bytes), memoryFill);
  }

  call(index: number, parameters: readonly Expression[]): void {
    this.push(...parameters, [opcode.call, ...leb(index)]);
  }

  /** The function's entry in the code section. */
  encode(): number[] {
    const locals = this.locals.flatMap(localType => [1, localType]);
    const constants = [...this.constants].flatMap(([bytes, local]) => [
      ...v128.const,
      ...bytes.split(',').map(Number),
      ...setLocal(local),
    ]);
    const code = [...leb(this.locals.length), ...locals].concat(constants, this.body, opcode.end);
    return leb(code.length).concat(code);
  }

  /** Constants are set once at the start of the function: V8 would set them again in every turn of a loop. */
  private constant(values: Float32Array | Int32Array): Expression {
    const bytes = new Uint8Array(values.buffer).join();
    const local = this.constants.get(bytes) ?? this.local(wasmType.v128);
    this.constants.set(bytes, local);
    return local;
  }

  private storeLane(address: Expression, value: Expression, lane: number, offset: number): void {
    this.push(address, value, [...v128.store32Lane, unaligned, ...leb(offset), lane]);
  }

  private keep(localType: number, value: Expression): Expression {
    const local = this.local(localType);
    this.push(value, setLocal(local));
    return local;
  }

  private local(localType: number): Expression {
    return [opcode.localGet, ...leb(this.parameters + this.locals.push(localType) - 1)];
  }

  private push(...parts: Expression[]): void {
    for (const part of parts) this.body.push(...part);
  }
}

/** Takes the value from the stack. @param local the expression that reads the local */
function setLocal(local: Expression): Expression {
  return [opcode.localSet, ...indexOf(local)];
}

function indexOf(local: Expression): Expression {
  return local.slice(1);
}

/** A module that imports `m.memory` and exports its last function as `run`. */
export function encodeModule(functions: readonly FunctionBuilder[]): Uint8Array<ArrayBuffer> {
  const arities = [...new Set(functions.map(f => f.parameters))];
  const types = arities.map(n => [wasmType.function, ...leb(n), ...Array<number>(n).fill(wasmType.i32), 0]);
  const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
  const list = (items: readonly (readonly number[])[]): number[] => leb(items.length).concat(...items);
  const section = (id: number, content: number[]): number[] => [id, ...leb(content.length)].concat(content);
  return new Uint8Array(
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
      section(sectionId.type, list(types)),
      section(sectionId.import, list([[...name('m'), ...name('memory'), 2, 0, 0]])),
      section(sectionId.function, list(functions.map(f => leb(arities.indexOf(f.parameters))))),
      section(sectionId.export, list([[...name('run'), 0, ...leb(functions.length - 1)]])),
      section(sectionId.code, list(functions.map(f => f.encode()))),
    ),
  );
}

/** The best instructions that this machine has; undefined if it has none on vectors. */
export function detectSimd(): SimdFlavor | undefined {
  const runs = (flavor: SimdFlavor): boolean => {
    const probe = new FunctionBuilder(0);
    const zero = probe.splat(0);
    probe.vector(multiplyAdd(flavor, zero, zero, zero));
    return WebAssembly.validate(encodeModule([probe]));
  };
  return (['fma', 'simd'] as const).find(runs);
}
