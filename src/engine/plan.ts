/** Gives every array of a program an address; arrays that are not needed at the same time share memory. */
import { at } from '../shared/at';
import { reads, writes, type Call } from './calls';
import type { Fused } from './fuse';
import { Arena } from './memory';
import type { Node } from './operations';
import { size, stridesOf } from './shapes';

/** Where an array lies: in a variable, or this many bytes after the start of the program's memory. */
export type Address = { readonly variable: string } | { readonly offset: number };

export interface Plan {
  /** The calls, followed by copies into those variables that could not be computed in place. */
  readonly calls: readonly Call[];
  readonly places: ReadonlyMap<Node, Address>;
  readonly bytes: number;
}

/** @throws Error where the program has no such array */
export function addressIn({ places }: Plan, node: Node): Address {
  const address = places.get(node);
  if (!address) throw new Error(`Node ${node.id} has no memory in this program.`);
  return address;
}

/** @param guard bytes that stay unused around each array, in which case no two arrays share memory */
export function planMemory(fused: Fused, inputs: readonly Node[], guard: number): Plan {
  const inPlace = updatesInPlace(fused);
  const copies = [...fused.assigned].flatMap(([name, node]) => (inPlace.has(node) ? [] : [copyToVariable(name, node)]));
  const calls = [...fused.calls, ...copies];
  const kept = new Set([...fused.outputs.values(), ...inputs]);

  const arena = new Arena(0, guard);
  const places = new Map<Node, Address>();
  const allocate = (node: Node): unknown => places.set(node, { offset: arena.allocate(bytesOf(node)) });
  const release = (node: Node): void => {
    const place = places.get(node);
    if (place && 'offset' in place) arena.release(place.offset, bytesOf(node));
  };
  // What is never released comes first; everything else shares the memory after it.
  for (const node of [...kept, ...calls.flatMap(call => [...reads(call), ...writes(call)])]) {
    const variable = inPlace.get(node) ?? (node.kind === 'variable' ? node.name : undefined);
    if (places.has(node)) continue;
    if (variable !== undefined) places.set(node, { variable });
    else if (kept.has(node) || node.kind === 'constant') allocate(node);
  }

  const lastUse = new Map<Node, number>();
  calls.forEach((call, i) => [...reads(call), ...writes(call)].forEach(node => lastUse.set(node, i)));
  const expiring = calls.map((): Node[] => []);
  for (const [node, use] of lastUse) if (!places.has(node)) at(expiring, use).push(node);
  calls.forEach((call, i) => {
    for (const node of writes(call)) if (!places.has(node)) allocate(node);
    // With guards nothing is released: the next array there would overwrite them.
    if (guard === 0) at(expiring, i).forEach(release);
  });
  return { calls, places, bytes: arena.end };
}

function bytesOf({ shape }: Node): number {
  return size(shape) * 4;
}

/**
 * A variable's new value may overwrite the old one if nothing needs the old one later: no later call reads it, and the
 * call that writes it reads only the element that it is about to write.
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
    for (const node of reads(call)) if (node.kind === 'variable') note(readers, node.name, i);
  });
  const nodes = [...assigned.values()];
  const result = new Map<Node, string>();
  for (const [name, node] of assigned) {
    const [written, ...again] = writers.get(node) ?? [];
    const isElsewhere = kept.has(node) || nodes.filter(n => n === node).length > 1;
    if (written === undefined || again.length > 0 || isElsewhere) continue;
    const needsOldValue = (i: number): boolean =>
      i > written || (i === written && readsOtherElements(at(calls, i), name, node));
    if (!readers.get(name)?.some(needsOldValue)) result.set(node, name);
  }
  return result;
}

/** Whether a call reads elements of a variable other than the one that it is about to write. */
function readsOtherElements(call: Call, name: string, node: Node): boolean {
  if (call.kind !== 'loop') return true;
  const target = call.results.find(({ base }) => base === node);
  return call.operands.some(
    operand =>
      'base' in operand &&
      operand.base.kind === 'variable' &&
      operand.base.name === name &&
      operand.strides.join() !== target?.strides.join(),
  );
}

function copyToVariable(name: string, node: Node): Call {
  const { shape } = node;
  const variable: Node = { id: NaN, kind: 'variable', name, inputs: [], shape };
  const array = { offset: 0, strides: stridesOf(shape) };
  return {
    kind: 'loop',
    space: shape,
    operands: [{ base: node, ...array }],
    steps: [],
    results: [{ base: variable, ...array, value: 0 }],
  };
}
