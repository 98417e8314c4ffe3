import * as vscode from 'vscode';
import { calledBeside, queuedRow, rowsOf, sortedRows, withDistinctFiles, type RowOrder, type RunRow } from './row';
import { sweepIdOf, sweepsIn, type SweepRow } from './sweeps';
import { markdown } from '../text/markup';
import { descriptionOf, icons, labelInSweep, labelOf, textsOfSweep, spokenLabelOf, tooltipOf } from './texts';
import { runsView, showSignals } from './signals';
import { treeItem } from '../text/surfaces';
import type { Memory } from '../memory';
import type { RunQueue } from '../session/queue';
import type { Session } from '../session/session';
import type { Source } from '../../shared/run';
import type { RunStorage } from '../../store/run-storage';

/** While a run trains here, the list is read at most this often. */
const pauseMilliseconds = 1_000;
/** While the view is visible, the list is read this often to see what other windows do. */
const pollMilliseconds = 4_000;
const orderKey = 'runsOrder';

/**
 * The runs in the activity bar: those that wait, and all that are stored on disk, with the current one as it is now. The
 * elements of the tree are ids, so that the selection survives when rows change, and only changed rows are drawn again.
 */
export class RunsView implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly view: vscode.TreeView<string>;
  private readonly changes = new vscode.EventEmitter<string[] | undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly subscriptions: { dispose(): unknown }[];
  private readonly poll: NodeJS.Timeout;
  private timer: NodeJS.Timeout | undefined;
  private listed: ReadonlyMap<string, RunRow> = new Map();
  private sweeps: ReadonlyMap<string, SweepRow> = new Map();
  /** What each row shows, by id, in the order of the rows. */
  private shown: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly storage: RunStorage,
    private readonly session: Session,
    private readonly queue: RunQueue,
    private readonly memory: Memory,
  ) {
    this.view = vscode.window.createTreeView(runsView, { treeDataProvider: this, canSelectMany: true });
    this.subscriptions = [
      this.view,
      this.changes,
      session.onEvent(() => (this.timer ??= setTimeout(() => this.refresh(), pauseMilliseconds))),
      queue.onDidChange(() => this.refresh()),
      this.view.onDidChangeVisibility(() => this.refresh()),
      showSignals(this.view, session),
    ];
    this.poll = setInterval(() => this.refresh(), pollMilliseconds);
    this.setOrder(this.order);
  }

  /** Ids of runs. */
  get selection(): readonly string[] {
    return this.view.selection;
  }

  /** Selects the focused row as well, or no longer. */
  toggle(): Thenable<unknown> {
    return vscode.commands.executeCommand('list.toggleSelection');
  }

  /** In the order of the view: first the runs that wait, the next one on top. */
  rows(): RunRow[] {
    const rows = withDistinctFiles(this.plainRows());
    this.listed = new Map(rows.map(row => [row.id, row]));
    this.sweeps = sweepsIn(rows);
    return rows;
  }

  /** What a file is called beside those of all runs; undefined where its name is enough. */
  calledBeside(source: Source): string | undefined {
    return calledBeside(this.plainRows(), source);
  }

  private plainRows(): RunRow[] {
    const kept = rowsOf(this.storage.list(), this.session.state, Date.now());
    return [...this.queue.runs.map(queuedRow), ...sortedRows(kept, this.order)];
  }

  /** Redraws what has changed. */
  refresh(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.view.visible) return;
    const now = Date.now();
    const before = this.shown;
    const rows = this.rows().map((row): [string, unknown[]] => [
      row.id,
      [row.status, row.owner, row.pinned, labelOf(row), descriptionOf(row, now)],
    ]);
    const sweeps = [...this.sweeps.values()].map((sweep): [string, unknown[]] => [
      sweep.id,
      [textsOfSweep(sweep).description, sweep.best?.id],
    ]);
    this.shown = new Map([...sweeps, ...rows].map(([id, shown]) => [id, JSON.stringify(shown)]));
    const ids = [...this.shown.keys()];
    if (ids.join() !== [...before.keys()].join()) this.changes.fire(undefined);
    else {
      const changed = ids.filter(id => this.shown.get(id) !== before.get(id));
      if (changed.length > 0) this.changes.fire(changed);
    }
  }

  setOrder(order: RowOrder): void {
    void this.memory.update(orderKey, order);
    void vscode.commands.executeCommand('setContext', 'makemore.runsOrder', order);
    this.view.description = order === 'dev' ? 'by dev loss' : '';
    this.refresh();
  }

  getChildren(id?: string): string[] {
    if (id !== undefined) return this.sweeps.get(id)?.rows.map(row => row.id) ?? [];
    return [...new Set(this.rows().map(row => this.sweepOf(row)?.id ?? row.id))];
  }

  /** The rows with these ids, and those below the sweeps with these ids. */
  rowsOf(ids: readonly unknown[]): readonly RunRow[] {
    return this.rows().filter(row => ids.includes(row.id) || ids.includes(sweepIdOf(row) ?? row.id));
  }

  sweepRows(): Iterable<SweepRow> {
    this.rows();
    return this.sweeps.values();
  }

  private sweepOf(row: RunRow): SweepRow | undefined {
    return this.sweeps.get(sweepIdOf(row) ?? '');
  }

  getTreeItem(id: string): vscode.TreeItem {
    const swept = this.sweeps.get(id);
    if (swept) return sweepItem(swept);
    const row = this.listed.get(id);
    if (!row) return treeItem({ label: '', description: '', tooltip: '', spoken: '' }); // deleted a moment ago: VS Code is about to ask for the list again
    const { status, pinned, owner } = row;
    const isAtRest = status === 'finished' || status === 'stopped';
    const now = Date.now();
    const sweep = this.sweepOf(row);
    const texts = {
      label: sweep ? labelInSweep(row) : labelOf(row),
      description: descriptionOf(sweep ? { ...row, directory: '' } : row, now), // the row of the sweep has it
      tooltip: tooltipOf(row),
      spoken: spokenLabelOf(row, now),
    };
    return Object.assign(treeItem(texts), {
      id,
      // with a color, or VS Code would paint some of them red, as in the debugger
      iconPath: new vscode.ThemeIcon(
        sweep?.best?.id === id ? 'star-full' : pinned && isAtRest ? 'pinned' : icons[status],
        new vscode.ThemeColor('icon.foreground'),
      ),
      contextValue: status === 'queued' ? status : ['run', status, pinned ? 'pinned' : 'unpinned', owner].join(' '),
      ...(status !== 'queued' && {
        command: lookAtRow,
      }),
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearInterval(this.poll);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get order(): RowOrder {
    return this.memory.get(orderKey) === 'dev' ? 'dev' : 'time';
  }
}

/** Without arguments: VS Code forgets those of an item as soon as it is drawn again, perhaps in mid-click. */
const lookAtRow: vscode.Command = { command: 'makemore.lookAtRun', title: 'Look at Run' };

function sweepItem(sweep: SweepRow): vscode.TreeItem {
  const { label, description } = textsOfSweep(sweep);
  const spoken = `${label}, ${description}`;
  return Object.assign(treeItem({ label, description, tooltip: markdown(spoken), spoken }), {
    id: sweep.id,
    collapsibleState: vscode.TreeItemCollapsibleState.Expanded,
    iconPath: new vscode.ThemeIcon('list-tree', new vscode.ThemeColor('icon.foreground')),
    contextValue: 'sweep',
    command: lookAtRow,
  });
}
