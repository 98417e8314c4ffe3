/** Turns calls into a WebAssembly module: a kernel for each kind and shape of call, and `run`, which calls them. */
import type { Call } from './calls';
import { int, type SimdFlavor } from './emit/instructions';
import { emitLoop } from './emit/loop';
import { loopShape } from './emit/loop-shape';
import { emitProduct, productShape } from './emit/product';
import { emitRows, rowsShape } from './emit/rows';
import { encodeModule, FunctionBuilder } from './emit/wasm';
import type { Node } from './operations';
import { size } from './shapes';

export function emitModule(
  calls: readonly Call[],
  addressOf: (array: { readonly base: Node; readonly offset: number }) => number,
  flavor: SimdFlavor,
): Uint8Array<ArrayBuffer> {
  const kernels = new Map<string, number>();
  const functions: FunctionBuilder[] = [];
  const run = new FunctionBuilder(0);
  /** Calls of one shape share a kernel. */
  const callKernel = <S extends object>(call: Call, shape: S, emit: (shape: S) => FunctionBuilder): void => {
    const key = keyOf(shape);
    const kernel = kernels.get(key) ?? functions.push(emit(shape)) - 1;
    kernels.set(key, kernel);
    const pointers = arraysOf(call).map(array => int(addressOf(array)));
    run.call(kernel, pointers);
  };
  for (const call of calls)
    switch (call.kind) {
      case 'loop':
        callKernel(call, loopShape(call), shape => emitLoop(shape, flavor));
        break;
      case 'product':
        callKernel(call, productShape(call), shape => emitProduct(shape, flavor));
        break;
      case 'gather':
      case 'scatter':
        callKernel(call, rowsShape(call), emitRows);
        break;
      case 'clear':
        run.fillWithZeros(int(addressOf(call.out)), size(call.out.base.shape) * 4);
    }
  return encodeModule([...functions, run]);
}

function keyOf(shape: object): string {
  return JSON.stringify(shape, (_, value: unknown) => (isSpecial(value) ? `special ${value}` : value));
}

/** JSON cannot express NaN, infinities and -0. */
function isSpecial(value: unknown): value is number {
  return typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0));
}

/** The arrays of a call in the order of its kernel's parameters. */
function arraysOf(call: Call): { base: Node; offset: number }[] {
  switch (call.kind) {
    case 'loop':
      return [...call.operands.filter(operand => 'base' in operand), ...call.results];
    case 'product':
      return [call.a, call.b, call.out];
    case 'gather':
    case 'scatter':
      return [{ base: call.data, offset: 0 }, call.indices, call.out];
    case 'clear':
      return [call.out];
  }
}
