/** Gives every array of a program an address; arrays that are not needed at the same time share memory. */
import { reads, writes, type Call } from './calls';
import type { Fused } from './fuse';
import { Arena } from './memory';
import { size, stridesOf, type Node } from './operations';

/** Where an array lies: in a variable, or so many bytes from the program's begin. */
export type Address = { readonly variable: string } | { readonly at: number };

export interface Plan {
  /** The calls, and copies into variables that could not be computed in place. */
  readonly calls: readonly Call[];
  readonly places: ReadonlyMap<Node, Address>;
  readonly bytes: number;
}

/** @param guard bytes that stay unused around each array, none of which then shares its memory */
export function planMemory(fused: Fused, inputs: readonly Node[], guard: number): Plan {
  const inPlace = updatesInPlace(fused);
  const copies = [...fused.assigned].flatMap(([name, node]) => (inPlace.has(node) ? [] : [copyToVariable(name, node)]));
  const calls = [...fused.calls, ...copies];
  const kept = new Set([...fused.outputs.values(), ...inputs]);

  const arena = new Arena(0, guard);
  const places = new Map<Node, Address>();
  const allocate = (node: Node): unknown => places.set(node, { at: arena.allocate(bytesOf(node)) });
  // What lasts comes first; the rest shares what is behind.
  for (const node of [...kept, ...calls.flatMap(call => [...reads(call), ...writes(call)])]) {
    const { operation } = node;
    const variable = inPlace.get(node) ?? (operation.kind === 'variable' ? operation.name : undefined);
    if (places.has(node)) continue;
    if (variable !== undefined) places.set(node, { variable });
    else if (kept.has(node) || operation.kind === 'constant') allocate(node);
  }

  const lastUse = new Map<Node, number>();
  calls.forEach((call, i) => [...reads(call), ...writes(call)].forEach(node => lastUse.set(node, i)));
  const expiring = calls.map((): Node[] => []);
  for (const [node, use] of lastUse) if (!places.has(node)) expiring[use].push(node);
  calls.forEach((call, i) => {
    for (const node of writes(call)) if (!places.has(node)) allocate(node);
    // Guards would be written over by the next array there.
    if (guard > 0) return;
    for (const node of expiring[i]) arena.release((places.get(node) as { at: number }).at, bytesOf(node));
  });
  return { calls, places, bytes: arena.end };
}

function bytesOf({ shape }: Node): number {
  return size(shape) * 4;
}

/**
 * A variable's new value may be written over the old one where nobody reads the old one later: not in a later call, and
 * in the same one only at the element that is being written.
 *
 * @returns the variable's name by node
 */
function updatesInPlace({ calls, outputs, assigned }: Fused): Map<Node, string> {
  const kept = new Set(outputs.values());
  const writers = new Map<Node, number[]>();
  const readers = new Map<string, number[]>();
  const note = <K>(map: Map<K, number[]>, key: K, i: number): unknown => map.set(key, [...(map.get(key) ?? []), i]);
  calls.forEach((call, i) => {
    for (const node of writes(call)) note(writers, node, i);
    for (const { operation } of reads(call)) if (operation.kind === 'variable') note(readers, operation.name, i);
  });
  const nodes = [...assigned.values()];
  const result = new Map<Node, string>();
  for (const [name, node] of assigned) {
    const [written, ...again] = writers.get(node)!;
    const isRead = (i: number): boolean => i > written || (i === written && readsOtherElements(calls[i], name, node));
    const isElsewhere = kept.has(node) || nodes.filter(n => n === node).length > 1;
    if (again.length === 0 && !isElsewhere && !readers.get(name)?.some(isRead)) result.set(node, name);
  }
  return result;
}

/** Whether a call reads elements of a variable other than the one that it is about to write. */
function readsOtherElements(call: Call, name: string, node: Node): boolean {
  if (call.kind !== 'loop') return true;
  const target = call.results.find(({ base }) => base === node)!;
  return call.operands.some(operand => {
    if (!('base' in operand) || operand.base.operation.kind !== 'variable') return false;
    return operand.base.operation.name === name && operand.strides.join() !== target.strides.join();
  });
}

function copyToVariable(name: string, node: Node): Call {
  const { shape } = node;
  const variable: Node = { id: NaN, operation: { kind: 'variable', name }, inputs: [], shape };
  const array = { offset: 0, strides: stridesOf(shape) };
  return {
    kind: 'loop',
    space: shape,
    operands: [{ base: node, ...array }],
    steps: [],
    results: [{ base: variable, ...array, value: 0 }],
  };
}
