import { clamp } from '../clamp';

/** Vectors that are joined level by level. Those of the first level are the characters'. */
export interface TreePicture {
  readonly characters: readonly string[];
  readonly levels: readonly {
    readonly nodes: readonly { readonly from: number; readonly to: number; readonly size: number }[];
    readonly stations: string;
  }[];
  readonly chosen: readonly [level: number, node: number] | undefined;
}

/** The heights of the characters, a level and a node, in CSS pixels. */
export const [top, levelHeight, nodeHeight] = [40, 62, 22];
/** A node is as wide as its place allows, up to this. */
const widest = 48;

export function treeHeight(levels: number): number {
  return top + levels * levelHeight;
}

/** Where a node is: in the middle of the characters that it has seen. */
export function placeOf({ characters }: TreePicture, level: number, from: number, to: number, width: number) {
  const x = (((from + to) / 2) * width) / characters.length;
  return { x, y: top + level * levelHeight + nodeHeight / 2 };
}

export function nodeWidth({ characters }: TreePicture, width: number): number {
  return clamp(width / characters.length - 6, 4, widest);
}

/** The node nearest to a point. */
export function nodeAt(
  { levels }: Pick<TreePicture, 'levels'>,
  width: number,
  x: number,
  y: number,
): TreePicture['chosen'] {
  const level = clamp(Math.round((y - top - nodeHeight / 2) / levelHeight), 0, levels.length - 1);
  const nodes = levels.at(level)?.nodes;
  if (!nodes) return undefined;
  return [level, clamp(Math.floor((x / width) * nodes.length), 0, nodes.length - 1)];
}
