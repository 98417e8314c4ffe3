/** A program as people read it: one line per call. */
import type { ArrayRef, Call } from './calls';
import type { SimdFlavor } from './emit/wasm';
import { size, type Node } from './operations';
import type { Plan } from './plan';

/** @param moduleBytes what the WebAssembly module takes */
export function printProgram({ calls, places, bytes }: Plan, simd: SimdFlavor, moduleBytes: number): string {
  const lines = calls.map((call, i) => `${String(i).padStart(4)}  ${printCall(call, node => placeOf(node, places))}`);
  const arrays = [...places].filter(([, place]) => 'at' in place).length;
  const multiplyAdd = simd === 'fma' ? 'fused multiply-add' : 'multiply, then add';
  return [
    `${calls.length} calls, ${arrays} arrays in ${bytes.toLocaleString('en')} bytes, ${moduleBytes.toLocaleString('en')} bytes of code, ${multiplyAdd}`,
    ...lines,
  ].join('\n');
}

function placeOf(node: Node, places: Plan['places']): string {
  const place = places.get(node)!;
  if ('variable' in place) return place.variable;
  const { operation } = node;
  return `${operation.kind === 'input' ? operation.name : ''}@${place.at}`;
}

function printCall(call: Call, place: (node: Node) => string): string {
  const array = ({ base, offset }: Pick<ArrayRef, 'base' | 'offset'>): string =>
    `${place(base)}${offset ? `+${offset * 4}` : ''}[${base.shape.join()}]`;
  switch (call.kind) {
    case 'loop': {
      const values = call.operands.map(o => ('base' in o ? array(o) : String(o.constant)));
      for (const { f, of } of call.steps) values.push(`${f}(${of.map(n => values[n]).join(', ')})`);
      const results = call.results.map(
        result => `${array(result)} = ${result.reduce ? `${result.reduce} of ` : ''}${values[result.value]}`,
      );
      return `loop [${call.space.join()}] ${results.join('; ')}`;
    }
    case 'product': {
      const { M, N, K } = call.size;
      const batch = call.batch.length > 0 ? `${size(call.batch)} times ` : '';
      const a = `${array(call.a)}${call.a.strides.at(-1) === 1 || K === 1 ? '' : 'ᵀ'}`;
      return `product ${batch}(${M}, ${K}) (${K}, ${N}) ${array(call.out)} = ${a} ${array(call.b)}`;
    }
    case 'gather':
    case 'scatter': {
      const data = array({ base: call.data, offset: 0 });
      return `${call.kind} ${call.count} rows of ${call.width} ${array(call.out)} = ${data} by ${array(call.indices)}`;
    }
    case 'clear':
      return `clear ${array(call.out)}`;
  }
}
