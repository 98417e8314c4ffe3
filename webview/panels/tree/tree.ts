import '../../draw/plot/readable-plot.css';
import { at } from '../../../src/shared/at';
import type { Hyperparameters } from '../../../src/shared/hyperparameters';
import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { clamp } from '../../draw/clamp';
import { element, setText } from '../../draw/element';
import { stepOf } from '../../draw/keys';
import { Plot, type PlotSheet } from '../../draw/plot/plot';
import { nodeAt, treeHeight, type TreePicture } from '../../draw/points/tree-layout';
import { drawTree } from '../../draw/points/tree-plot';
import { DataTable } from '../parts/data-table';
import type { TableContent } from '../parts/table-content';
import { WalkRoom, type ShownWalk } from '../parts/walk-room';
import type { Panel, PanelContext, PanelView } from '../panel';
import { contextAt, probeOf } from '../parts/probe';
import { nodeSentence, treeLevels, type TreeLevel } from './levels';

export const tree: Panel = {
  id: 'tree',
  title: 'WaveNet tree',
  place: 'second',
  startsFolded: true,
  isOffered: ({ preset }) => preset?.hyperparameters.groupSize !== undefined,
  hasLeft: ({ inspection }) => inspection?.walk !== undefined,
  fact: ({ preset }) => {
    const { blockSize = 1, groupSize = 2 } = preset?.hyperparameters ?? {};
    const counts = [blockSize];
    for (let count = blockSize; count > 1 && groupSize > 1; counts.push(count)) count /= groupSize;
    return counts.join(' → ');
  },
  lookFor: ({ preset }) =>
    isFlat(preset?.hyperparameters ?? {})
      ? {
          short: 'All characters are joined at once: what the tree avoids.',
          more: 'A WaveNet joins neighbors layer by layer instead. Try the preset wavenet-part5 and compare.',
        }
      : {
          short: 'Neighbors are joined layer by layer.',
          more: 'So the information of many characters is not squashed into one layer at once. Follow a vector up to the characters that it has seen, and read the shapes at the left.',
        },
  watches: (state, _, shared) => ({ walk: probeOf(state, shared) }),
  mount: (root, context) => new TreeView(root, context),
};

/** Whether all characters of the context are joined in one layer. */
function isFlat({ blockSize = 1, groupSize = 2 }: Hyperparameters): boolean {
  return groupSize >= blockSize;
}

/** The levels of a walk; empty before there is one. */
interface Tree {
  /** What the model sees, in order. */
  readonly characters: readonly string[];
  readonly levels: readonly TreeLevel[];
}

type TreeData = Tree & Pick<TreePicture, 'chosen'>;

class TreeView implements PanelView {
  private readonly room: WalkRoom;
  private readonly plot: Plot<TreeData>;
  private readonly frame: HTMLElement;
  private readonly reading = element('p', { class: 'quiet', id: 'tree-reading', 'aria-live': 'polite' });
  private readonly table: DataTable<Tree>;
  private readonly changedWalk = new Changes();
  private tree: Tree = { characters: [], levels: [] };
  private chosen: TreePicture['chosen'];

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.plot = new Plot('WaveNet tree', context, (sheet, picture) => this.paint(sheet, picture));
    this.frame = element(
      'div',
      {
        class: 'readable',
        tabindex: 0,
        role: 'application',
        'aria-roledescription': 'tree',
        'aria-label': 'WaveNet tree',
        'aria-describedby': this.reading.id,
      },
      this.plot.root,
    );
    this.frame.addEventListener('pointermove', event => this.point(event));
    this.frame.addEventListener('keydown', event => this.key(event));
    this.table = new DataTable('WaveNet tree as a table', context.redraw, tableOf);
    const content = element('div', {}, this.frame, this.reading, this.table.root);
    this.room = new WalkRoom(root, 'tree', context, content);
  }

  render(state: RunState): void {
    const shown = this.room.render(state);
    if (shown) this.draw(state, shown);
  }

  focus(): boolean {
    return this.room.focus();
  }

  dispose(): void {
    this.plot.dispose();
  }

  private draw(state: RunState, { walk, info }: ShownWalk): void {
    if (this.changedWalk.of(walk, info)) {
      this.tree = { characters: contextAt(state, walk), levels: treeLevels(walk, info.blockSize) };
      const [level, node] = this.chosen ?? [0, 0];
      if (!this.tree.levels.at(level)?.nodes.at(node)) this.chosen = undefined; // that of another run was larger
    }
    this.plot.draw({ ...this.tree, chosen: this.chosen });
    this.table.draw(this.tree);
  }

  private paint({ begin, width, theme }: PlotSheet, picture: TreeData): void {
    const { characters, levels, chosen } = picture;
    const shapes = levels.map(({ stations }) => stations).join(', ');
    this.plot.describe(`${characters.join('')} as a tree: ${shapes}`);
    drawTree(begin(treeHeight(levels.length)), picture, width, theme);
    setText(this.reading, chosen ? nodeSentence(at(levels, chosen[0]), chosen[1], characters) : invitation);
  }

  private choose(chosen: TreePicture['chosen']): void {
    if (chosen?.join() === this.chosen?.join()) return;
    this.chosen = chosen;
    this.context.redraw();
  }

  private point(event: PointerEvent): void {
    const box = this.frame.getBoundingClientRect();
    const found = nodeAt(this.tree, this.plot.width, event.clientX - box.left, event.clientY - box.top);
    if (found) this.choose(found);
  }

  private key(event: KeyboardEvent): void {
    const step = event.ctrlKey ? undefined : stepOf(event);
    if (!step) return;
    const { levels } = this.tree;
    const [level, node] = this.chosen ?? [0, 0];
    const next = clamp(level + step.y, 0, levels.length - 1);
    const [count, nextCount] = [level, next].map(i => levels[i]?.nodes.length ?? 0);
    if (!count || !nextCount) return;
    event.preventDefault(); // the page would scroll
    const below = Math.floor((node * nextCount) / count); // the one that has seen the same characters
    this.choose(this.chosen ? [next, clamp(below + step.x, 0, nextCount - 1)] : [0, 0]);
  }
}

const invitation = 'Point at a vector, or press an arrow key on the picture, to see what it has seen.';

function tableOf({ characters, levels }: Tree): TableContent {
  return {
    caption: 'Vectors of the tree',
    columns: ['layer', 'has seen', 'mean |activation|'],
    rows: levels.flatMap(({ nodes, stations }) =>
      nodes.map(({ from, to, size }) => [stations, characters.slice(from, to).join(''), size.toFixed(4)]),
    ),
  };
}
