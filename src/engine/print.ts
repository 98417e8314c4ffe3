/** A program as people read it: one line per call. */
import type { ArrayRef, Call } from './calls';
import type { SimdFlavor } from './emit/instructions';
import type { Node } from './operations';
import { size } from './shapes';
import { addressIn, type Plan } from './plan';

/** @param moduleBytes the size of the WebAssembly module */
export function printProgram(plan: Plan, simd: SimdFlavor, moduleBytes: number): string {
  const { calls, places, bytes } = plan;
  const lines = calls.map((call, i) => `${String(i).padStart(4)}  ${printCall(call, node => nameOf(node, plan))}`);
  const arrays = [...places].filter(([, place]) => 'offset' in place).length;
  const multiplyAdd = simd === 'fma' ? 'fused multiply-add' : 'multiply, then add';
  return [
    `${calls.length} calls, ${arrays} arrays in ${bytes.toLocaleString('en')} bytes, ${moduleBytes.toLocaleString('en')} bytes of code, ${multiplyAdd}`,
    ...lines,
  ].join('\n');
}

function nameOf(node: Node, plan: Plan): string {
  const address = addressIn(plan, node);
  if ('variable' in address) return address.variable;
  return `${node.kind === 'input' ? node.name : ''}@${address.offset}`;
}

function printCall(call: Call, name: (node: Node) => string): string {
  const array = ({ base, offset }: Pick<ArrayRef, 'base' | 'offset'>): string =>
    `${name(base)}${offset ? `+${offset * 4}` : ''}[${base.shape.join()}]`;
  switch (call.kind) {
    case 'loop': {
      const values = call.operands.map(o => ('base' in o ? array(o) : String(o.constant)));
      for (const step of call.steps) {
        const inputs = step.inputs.map(n => values[n]);
        values.push(`${step.kind === 'select' ? 'select' : step.f}(${inputs.join(', ')})`);
      }
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
