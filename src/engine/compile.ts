/** From calls with addresses to a WebAssembly module: a kernel for each kind and shape, and `run`, which calls them. */
import type { Call } from './calls';
import { emitLoop, loopShape } from './emit/loop';
import { emitProduct, productShape } from './emit/product';
import { emitRows } from './emit/rows';
import { encodeModule, FunctionBuilder, int, type SimdFlavor } from './emit/wasm';
import { size, type Node } from './operations';

export function emitModule(
  calls: readonly Call[],
  addressOf: (array: { readonly base: Node; readonly offset: number }) => number,
  flavor: SimdFlavor,
): Uint8Array<ArrayBuffer> {
  const kernels = new Map<string, number>();
  const functions: FunctionBuilder[] = [];
  const kernel = (shape: object, emit: () => FunctionBuilder): number => {
    const key = JSON.stringify(shape, (_, value: unknown) =>
      Object.is(value, -0) || !isPlain(value) ? String(value) + typeof value : value,
    );
    const known = kernels.get(key) ?? functions.push(emit()) - 1;
    kernels.set(key, known);
    return known;
  };
  const run = new FunctionBuilder(0);
  for (const call of calls) {
    const pointers = arraysOf(call).map(array => int(addressOf(array)));
    switch (call.kind) {
      case 'loop': {
        const shape = loopShape(call);
        run.call(
          kernel(shape, () => emitLoop(shape, flavor)),
          pointers,
        );
        break;
      }
      case 'product': {
        const shape = productShape(call);
        run.call(
          kernel(shape, () => emitProduct(shape, flavor)),
          pointers,
        );
        break;
      }
      case 'gather':
      case 'scatter': {
        const { kind, rows, width, count, indices } = call;
        const { operation } = indices.base;
        const integer = operation.kind === 'input' && operation.integer;
        const shape = { kind, rows, width, count, indices: { stride: (indices.strides[0] ?? 0) * 4, integer } };
        run.call(
          kernel(shape, () => emitRows(shape)),
          pointers,
        );
        break;
      }
      case 'clear':
        run.fillWithZeros(pointers[0], size(call.out.base.shape) * 4);
    }
  }
  return encodeModule([...functions, run]);
}

/** JSON has no word for NaN, infinities and -0. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'number' || Number.isFinite(value);
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
