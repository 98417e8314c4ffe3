import * as vscode from 'vscode';
import { queuedRow, rowOf, sortedRows, type RowOrder, type RowStatus, type RunRow } from './row';
import { descriptionOf, labelOf, spokenLabelOf, tooltipOf } from './texts';
import type { RunQueue } from '../session/queue';
import type { Session } from '../session/session';
import type { RunStorage } from '../../store/run-storage';

/** The list is read no more often than this while something happens here, */
const pauseMilliseconds = 1_000;
/** and this often for what other windows do, while it shows. */
const pollMilliseconds = 4_000;
const orderKey = 'runsOrder';

const icons: Readonly<Record<RowStatus, string>> = {
  queued: 'watch',
  running: 'pulse',
  paused: 'debug-pause',
  interrupted: 'debug-disconnect',
  finished: 'check',
  stopped: 'debug-stop',
  failed: 'error',
  damaged: 'warning',
};

/**
 * The runs of the activity bar: all that are kept on the disk, with the present one as it is now. To the tree a run is its
 * id: what is selected stays so while the rows change, and only those are drawn anew that do.
 */
export class RunsView implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly view: vscode.TreeView<string>;
  private readonly changes = new vscode.EventEmitter<string[] | undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly subscriptions: { dispose(): unknown }[];
  private readonly poll: NodeJS.Timeout;
  private timer: NodeJS.Timeout | undefined;
  private listed: ReadonlyMap<string, RunRow> = new Map();
  /** What shows of each, in their order. */
  private shown: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly storage: RunStorage,
    private readonly session: Session,
    private readonly queue: RunQueue,
    private readonly memory: vscode.Memento,
  ) {
    this.view = vscode.window.createTreeView('makemore.runs', { treeDataProvider: this, canSelectMany: true });
    this.subscriptions = [
      this.view,
      this.changes,
      session.onEvent(() => (this.timer ??= setTimeout(() => this.refresh(), pauseMilliseconds))),
      queue.onDidChange(() => this.refresh()),
      this.view.onDidChangeVisibility(() => this.refresh()),
    ];
    this.poll = setInterval(() => this.refresh(), pollMilliseconds);
    this.setOrder(this.order);
  }

  /** By id. */
  get selection(): readonly string[] {
    return this.view.selection;
  }

  /** In the order in which they show: those that wait are the first, the next of them on top. */
  rows(): RunRow[] {
    const kept = this.storage.list().map(entry => rowOf(entry, this.session.state));
    const rows = [...this.queue.runs.map(queuedRow), ...sortedRows(kept, this.order)];
    this.listed = new Map(rows.map(row => [row.id, row]));
    return rows;
  }

  /** Shows what has changed, if anything. */
  refresh(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.view.visible) return;
    const now = Date.now();
    const before = this.shown;
    this.shown = new Map(
      this.rows().map(row => [
        row.id,
        JSON.stringify([row.status, row.owner, row.pinned, labelOf(row), descriptionOf(row, now)]),
      ]),
    );
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
    return id === undefined ? this.rows().map(row => row.id) : [];
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.listed.get(id);
    if (!row) return new vscode.TreeItem(''); // it was deleted a moment ago, and the list is about to be asked for
    const { status, pinned, owner } = row;
    const item = new vscode.TreeItem(labelOf(row));
    const isAtRest = status === 'finished' || status === 'stopped';
    const description = descriptionOf(row, Date.now());
    return Object.assign(item, {
      id,
      description,
      tooltip: new vscode.MarkdownString(tooltipOf(row)),
      // VS Code would paint some of them red, as in the debugger
      iconPath: new vscode.ThemeIcon(
        pinned && isAtRest ? 'pinned' : icons[status],
        new vscode.ThemeColor('icon.foreground'),
      ),
      contextValue: status === 'queued' ? status : ['run', status, pinned ? 'pinned' : 'unpinned', owner].join(' '),
      accessibilityInformation: { label: spokenLabelOf(row, Date.now()) },
      ...(status !== 'queued' && {
        command: { command: 'makemore.openRun', title: 'Open in the inspector', arguments: [id] },
      }),
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearInterval(this.poll);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get order(): RowOrder {
    return this.memory.get<unknown>(orderKey) === 'dev' ? 'dev' : 'time';
  }
}
