import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import { Outbox } from './outbox';
import { inspectorPage } from './page';
import { plain } from '../text/markup';
import { parseInspectorCommand } from '../../shared/inspector-commands';
import type { InspectorCommand, RunEvent } from '../../shared/protocol';
import type { RunState } from '../../shared/run-state';

const viewType = 'makemore.inspector';
/** A tab that shows and is not revived for so long is taken for an orphan. A busy machine may take longer. */
const reviveMilliseconds = 1000;
/** For the log: a message may be large. */
const shortly = { depth: 1, maxArrayLength: 8, maxStringLength: 100, breakLength: Infinity };

/**
 * The panel beside the editor, of which there is at most one. Its page keeps nothing: whenever it is new, revealed or moved
 * it posts `ready`, and until then nothing is posted to it.
 */
export class InspectorPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private title = 'Makemore';
  private isReady = false;
  private readonly outbox = new Outbox(events => void this.panel?.webview.postMessage(events));
  /** Whether other tabs may be left, of which this panel takes the place as soon as it shows something. */
  private hasOthers = false;
  private isReplacing = false;
  /** A panel that is only there in case it is needed. */
  private prepared: vscode.WebviewPanel | undefined;
  /** What to reveal once the page is ready. */
  private toReveal: { readonly panel: string; readonly focus: boolean } | undefined;
  private wantedPicture: string | undefined;
  /** What is kept of a run that a person looks at, in place of the current one. */
  private lookedAt: RunState | undefined;
  private readonly commands = new vscode.EventEmitter<InspectorCommand>();
  /** What a person does in the page. */
  readonly onCommand = this.commands.event;
  private readonly hides = new vscode.EventEmitter<void>();
  /** The panel has been hidden or closed. */
  readonly onDidHide = this.hides.event;
  private readonly closes = new vscode.EventEmitter<void>();
  readonly onDidClose = this.closes.event;
  private readonly looks = new vscode.EventEmitter<void>();
  /** Another run is looked at, or none any more. */
  readonly onDidLook = this.looks.event;
  private readonly subscriptions: vscode.Disposable;

  /** @param recalled resolves once what the previous window left behind has been read */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly recalled: Promise<void>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      vscode.window.tabGroups.onDidChangeTabs(() => void this.replaceOrphan()),
    );
    void this.replaceOrphan();
  }

  /**
   * Opens or reveals the inspector, with the current run. The focus stays in the editor unless it is asked for.
   *
   * @param panelId what to scroll to
   */
  show(panelId?: string, { focus = false } = {}): void {
    this.lookAt(undefined);
    this.reveal(panelId, focus);
  }

  /** Shows what is kept of a run, which cannot be changed, while the current run goes on unseen. */
  look(run: RunState): void {
    this.lookAt(run);
    this.reveal(undefined, false);
  }

  get isVisible(): boolean {
    return this.panel?.visible === true;
  }

  /** The run that is looked at in place of the current one, if any. */
  get looked(): RunState | undefined {
    return this.lookedAt;
  }

  /** Of the tab, which may come later. */
  setTitle(title: string): void {
    this.title = plain(title);
    if (this.panel && this.panel.title !== this.title) this.panel.title = this.title;
  }

  private lookAt(run: RunState | undefined): void {
    if (run === this.lookedAt) return;
    this.lookedAt = run;
    this.looks.fire();
  }

  private reveal(panelId: string | undefined, focus: boolean): void {
    this.prepared = undefined;
    this.toReveal = panelId === undefined ? undefined : { panel: panelId, focus };
    if (this.panel) this.panel.reveal(undefined, !focus);
    else if (this.isOrphaned())
      void this.replaceOrphan(); // unless VS Code is about to revive it
    else this.open(focus);
    this.postReveal();
  }

  /**
   * Opens the inspector for a run that a person is about to start, since a page takes a while to load.
   *
   * @returns closes it again, if nothing has been shown
   */
  prepare(): vscode.Disposable {
    if (!this.panel && !this.isOrphaned()) {
      this.open(false);
      this.prepared = this.panel;
    }
    const { prepared } = this;
    return new vscode.Disposable(() => {
      if (prepared && this.prepared === prepared) prepared.dispose();
    });
  }

  /** Asks the page for the picture of a panel. It answers with a `picture` command. */
  takePicture(panel: string): void {
    this.wantedPicture = panel;
    this.post({ type: 'takePicture', panel });
  }

  /** Does nothing while no page listens. */
  post(event: RunEvent): void {
    if (this.isReady) this.outbox.post(event);
  }

  /**
   * Makes this panel the inspector, whether it is new or was left by the previous window: then it may come late, and takes
   * the place of one that was opened meanwhile.
   */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    const before = this.panel;
    this.panel = panel;
    this.isReady = false;
    this.hasOthers = true;
    before?.dispose();
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const command = parseInspectorCommand(message);
      if (command) this.receive(command);
      else this.log.warn(`The inspector posted what is no command: ${inspect(message, shortly)}`);
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.sleep();
    });
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.sleep();
      this.closes.fire();
      this.panel = undefined;
      this.lookedAt = undefined;
    });
    await this.recalled; // a page that has nothing to show yet would flash
    if (this.panel === panel) panel.webview.html = inspectorPage(panel.webview, dist);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.panel?.dispose();
    vscode.Disposable.from(this.commands, this.hides, this.closes, this.looks).dispose();
  }

  private open(focus: boolean): void {
    const viewColumn = inspectorTabs().at(0)?.group.viewColumn ?? vscode.ViewColumn.Beside;
    const panel = vscode.window.createWebviewPanel(
      viewType,
      this.title,
      { viewColumn, preserveFocus: !focus },
      { enableFindWidget: true },
    );
    void this.deserializeWebviewPanel(panel);
  }

  /**
   * A tab whose extension host was killed stays as it was, or is blank once it was hidden: VS Code revives tabs only after
   * a reload. Which of the two has happened it doesn't tell, so the tab stays until the new one shows something.
   */
  private async replaceOrphan(): Promise<void> {
    if (this.isReplacing || !this.isOrphaned()) return;
    this.isReplacing = true;
    await this.recalled;
    await delay(reviveMilliseconds);
    this.isReplacing = false;
    if (this.isOrphaned()) this.open(false);
  }

  /** Whether a tab of an inspector is in front, but not this one. */
  private isOrphaned(): boolean {
    return !this.panel && inspectorTabs().some(({ isActive }) => isActive);
  }

  /** Closes tabs that previous extension hosts have left. */
  private closeOthers({ viewColumn }: vscode.WebviewPanel): void {
    const own = inspectorTabs().find(({ group, isActive }) => isActive && group.viewColumn === viewColumn);
    if (!own) return;
    this.hasOthers = false;
    void vscode.window.tabGroups.close(
      inspectorTabs().filter(tab => tab !== own),
      true,
    );
  }

  private receive(command: InspectorCommand): void {
    if (command.type === 'ready') {
      this.outbox.reset();
      this.isReady = true;
      if (this.hasOthers && this.panel) this.closeOthers(this.panel);
    }
    if (command.type === 'drawn') this.outbox.drawn(command.messages);
    if (command.type === 'picture' && !this.isWanted(command.panel)) return;
    this.commands.fire(command);
    if (command.type === 'ready') this.postReveal();
  }

  private isWanted(picture: string): boolean {
    const wanted = this.wantedPicture;
    this.wantedPicture = undefined;
    return picture === wanted;
  }

  private postReveal(): void {
    if (!this.toReveal || !this.isReady) return;
    this.post({ type: 'reveal', ...this.toReveal });
    this.toReveal = undefined;
  }

  private sleep(): void {
    this.isReady = false;
    this.outbox.reset();
    this.hides.fire();
  }
}

function inspectorTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isInspector);
}

function isInspector({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType); // VS Code adds a prefix
}
