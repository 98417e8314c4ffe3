import { at } from '../../../src/shared/at';
import type { Walk, WalkPass } from '../../../src/shared/inspection';

/** A vector somewhere in the tree. */
export interface TreeNode {
  /** The characters that it has seen: places of the context, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** The mean |activation|. */
  readonly size: number;
}

/** The vectors that a layer leaves, and the stations that lead to them. */
export interface TreeLevel {
  readonly nodes: readonly TreeNode[];
  /** As `x1 (4, 48) → h1 (4, 128)`. */
  readonly stations: string;
}

/** Characters, then each layer with fewer vectors, until one is left: 8, 4, 2, 1. */
export function treeLevels({ passes }: Walk, blockSize: number): TreeLevel[] {
  const levels: TreeLevel[] = [];
  let stations: string[] = [];
  for (const pass of passes) {
    stations.push(`${pass.name} (${pass.shape.join(', ')})`);
    if (pass.kind !== 'embedding' && pass.kind !== 'tanh') continue;
    levels.push({ nodes: nodesOf(pass, blockSize), stations: stations.join(' → ') });
    stations = [];
  }
  return levels;
}

function nodesOf({ shape, values }: WalkPass, blockSize: number): TreeNode[] {
  const [count = 0, width = 0] = shape;
  const span = blockSize / count;
  return Array.from({ length: count }, (_, i) => {
    const own = values.subarray(i * width, (i + 1) * width);
    return { from: i * span, to: (i + 1) * span, size: own.reduce((sum, v) => sum + Math.abs(v), 0) / width };
  });
}

/** A node as a sentence. */
export function nodeSentence(level: TreeLevel, node: number, context: readonly string[]): string {
  const { from, to, size } = at(level.nodes, node);
  const seen = context.slice(from, to).join('');
  const what = to - from === 1 ? `the character “${seen}”` : `“${seen}”, ${to - from} characters`;
  return `${level.stations}: vector ${node + 1} of ${level.nodes.length} has seen ${what}; mean |activation| ${size.toFixed(2)}.`;
}
