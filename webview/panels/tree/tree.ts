import type { RunState } from '../../../src/shared/run-state';
import { Changes } from '../../draw/changes';
import { clamp } from '../../draw/clamp';
import { element, setText } from '../../draw/element';
import { stepOf } from '../../draw/keys';
import { Plot } from '../../draw/plot';
import { nodeAt, treeHeight, type TreePicture } from '../../draw/tree-layout';
import { drawTree } from '../../draw/tree-plot';
import { DataTable } from '../parts/data-table';
import type { Panel, PanelContext, PanelView } from '../panel';
import { contextAt, probeOf } from '../parts/probe';
import { WalkRoom, type ShownWalk } from '../parts/walk-room';
import { nodeSentence, treeLevels, type TreeLevel } from './levels';

export const tree: Panel = {
  id: 'tree',
  title: 'WaveNet tree',
  place: 'second',
  startsFolded: true,
  isOffered: ({ preset }) => preset?.model === 'wavenet',
  fact: ({ preset }) => {
    const { blockSize = 1, groupSize = 2 } = preset?.hyperparameters ?? {};
    const counts = [blockSize];
    while (counts.at(-1)! > 1 && groupSize > 1) counts.push(counts.at(-1)! / groupSize);
    return counts.join(' → ');
  },
  lookFor: () =>
    'Neighbors are joined layer by layer, so that the information of many characters is not squashed into one layer at once. Follow a vector up to the characters that it has seen, and read the shapes at the left.',
  watches: (state, _, shared) => ({ walk: probeOf(state, shared) }),
  mount: (root, context) => new TreeView(root, context),
};

class TreeView implements PanelView {
  private readonly room: WalkRoom;
  private readonly plot: Plot;
  private readonly frame: HTMLElement;
  private readonly reading = element('p', { class: 'quiet', id: 'tree-reading', 'aria-live': 'polite' });
  private readonly table: DataTable;
  private readonly changed = new Changes();
  private readonly changedTable = new Changes();
  private picture: TreePicture | undefined;
  private chosen: readonly [level: number, node: number] | undefined;

  constructor(
    root: HTMLElement,
    private readonly context: PanelContext,
  ) {
    this.plot = new Plot('WaveNet tree', context.redraw);
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
    this.table = new DataTable('WaveNet tree as a table', context.redraw);
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
    const { theme } = this.context;
    if (this.table.isOpen && this.changedTable.of(walk))
      this.fill(treeLevels(walk, info.blockSize), contextAt(state, walk));
    if (!this.changed.of(walk, theme, this.plot.width, this.chosen, window.devicePixelRatio)) return;
    const characters = contextAt(state, walk);
    const levels = treeLevels(walk, info.blockSize);
    this.picture = { characters, levels, chosen: this.chosen };
    this.plot.root.setAttribute('aria-label', `${characters.join('')} as a tree: ${shapesOf(levels)}`);
    drawTree(this.plot.begin(treeHeight(levels.length)), this.picture, this.plot.width, theme);
    const [level, node] = this.chosen ?? [0, 0];
    const hint = 'Point at a vector, or press an arrow key on the picture, to see what it has seen.';
    setText(this.reading, this.chosen ? nodeSentence(levels[level], node, characters) : hint);
  }

  private fill(levels: readonly TreeLevel[], characters: readonly string[]): void {
    const rows = levels.flatMap(({ nodes, stations }) =>
      nodes.map(({ from, to, size }) => [stations, characters.slice(from, to).join(''), size.toFixed(4)]),
    );
    this.table.fill('Vectors of the tree', ['layer', 'has seen', 'mean |activation|'], rows);
  }

  private choose(chosen: TreePicture['chosen']): void {
    if (chosen?.join() === this.chosen?.join()) return;
    this.chosen = chosen;
    this.context.redraw();
  }

  private point(event: PointerEvent): void {
    if (!this.picture) return;
    const box = this.frame.getBoundingClientRect();
    const found = nodeAt(this.picture, this.plot.width, event.clientX - box.left, event.clientY - box.top);
    if (found) this.choose(found);
  }

  private key(event: KeyboardEvent): void {
    if (!this.picture || event.altKey || event.ctrlKey || event.metaKey) return;
    const { levels } = this.picture;
    const [level, node] = this.chosen ?? [0, 0];
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault(); // the page would scroll
    const next = clamp(level + step.y, 0, levels.length - 1);
    const [count, nextCount] = [levels[level].nodes.length, levels[next].nodes.length];
    const below = Math.floor((node * nextCount) / count); // the one that has seen the same characters
    this.choose(this.chosen ? [next, clamp(below + step.x, 0, nextCount - 1)] : [0, 0]);
  }
}

function shapesOf(levels: readonly TreeLevel[]): string {
  return levels.map(({ stations }) => stations).join(', ');
}
