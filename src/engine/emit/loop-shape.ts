import { at } from '../../shared/at';
import type { LoopCall } from '../calls';
import { isInteger } from '../operations';
import type { Axis } from './nest';

export interface LoopAxis extends Axis {
  readonly reduced: boolean;
}

/** A `LoopCall` without its addresses: calls of equal shape share a kernel. */
export interface LoopShape {
  readonly axes: readonly LoopAxis[];
  /** Arrays are numbered: first the operands that are not constants, then the results. */
  readonly operands: readonly ({ readonly array: number; readonly integer: boolean } | { readonly constant: number })[];
  readonly steps: LoopCall['steps'];
  readonly results: readonly {
    readonly array: number;
    readonly value: number;
    readonly reduce?: 'sum' | 'max' | undefined;
  }[];
}

export function loopShape(call: LoopCall): LoopShape {
  let array = 0;
  return {
    axes: mergedAxes(call),
    operands: call.operands.map(operand => {
      if ('constant' in operand) return operand;
      return { array: array++, integer: isInteger(operand.base) };
    }),
    steps: call.steps,
    results: call.results.map(({ value, reduce }) => ({ array: array++, value, reduce })),
  };
}

/** The axes of the call's space, without those of size 1. Neighbors become one axis if all arrays allow it. */
function mergedAxes({ space, operands, results, reduced }: LoopCall): LoopAxis[] {
  const arrays = [...operands.filter(operand => 'base' in operand), ...results];
  const axes: LoopAxis[] = [];
  space.forEach((size, i) => {
    if (size === 1) return;
    const strides = arrays.map(array => at(array.strides, i) * 4);
    const axis = { size, strides, reduced: reduced !== undefined && i >= reduced.first && i <= reduced.last };
    const outer = axes.at(-1);
    if (outer && goOn(outer, axis)) axes[axes.length - 1] = { ...axis, size: outer.size * size };
    else axes.push(axis);
  });
  return axes;
}

/** Whether all arrays go on along the outer axis just where the inner one ends. */
function goOn(outer: LoopAxis, inner: LoopAxis): boolean {
  return (
    outer.reduced === inner.reduced && outer.strides.every((s, array) => s === at(inner.strides, array) * inner.size)
  );
}
