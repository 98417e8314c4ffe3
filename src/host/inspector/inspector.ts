import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import { Outbox } from './outbox';
import { inspectorPage } from './page';
import { parseInspectorCommand } from '../../shared/inspector-commands';
import type { InspectorCommand, RunEvent } from '../../shared/protocol';

const viewType = 'makemore.inspector';
/** How long VS Code takes at most to revive a visible tab after a reload. */
const reviveMilliseconds = 2000;
/** For the log: a message may be large. */
const shortly = { depth: 1, maxArrayLength: 8, maxStringLength: 100, breakLength: Infinity };

/**
 * The panel beside the editor, of which there is at most one. Its page keeps nothing: whenever it is new, revealed or moved
 * it posts `ready`, and until then nothing is posted to it.
 */
export class InspectorPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private isReady = false;
  private readonly outbox = new Outbox(events => void this.panel?.webview.postMessage(events));
  /** What to reveal once the page is ready. */
  private toReveal: { readonly panel: string; readonly focus: boolean } | undefined;
  private wantedPicture: string | undefined;
  private readonly commands = new vscode.EventEmitter<InspectorCommand>();
  /** What a person does in the page. */
  readonly onCommand = this.commands.event;
  private readonly hides = new vscode.EventEmitter<void>();
  /** The panel has been hidden or closed. */
  readonly onDidHide = this.hides.event;
  private readonly closes = new vscode.EventEmitter<void>();
  readonly onDidClose = this.closes.event;
  private readonly serializer: vscode.Disposable;

  /** @param recalled resolves once what the previous window left behind has been read */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly recalled: Promise<void>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
    void this.replaceOrphan();
  }

  /**
   * Opens or reveals the inspector. The focus stays in the editor unless it is asked for.
   *
   * @param panelId what to scroll to
   */
  show(panelId?: string, { focus = false } = {}): void {
    this.toReveal = panelId === undefined ? undefined : { panel: panelId, focus };
    if (this.panel) this.panel.reveal(undefined, !focus);
    else this.open(focus);
    this.reveal();
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

  /** Makes this panel the inspector, whether it is new or was left by the previous window. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    const before = this.panel;
    this.panel = panel;
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
    });
    await this.recalled; // a page that has nothing to show yet would flash
    if (this.panel === panel) panel.webview.html = inspectorPage(panel.webview, dist);
  }

  dispose(): void {
    this.serializer.dispose();
    this.panel?.dispose();
    vscode.Disposable.from(this.commands, this.hides, this.closes).dispose();
  }

  private open(focus: boolean): void {
    // A tab that the previous window left is empty until somebody looks at it: the new one takes its place.
    const left = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isInspector);
    const viewColumn = left.at(0)?.group.viewColumn ?? vscode.ViewColumn.Beside;
    const panel = vscode.window.createWebviewPanel(viewType, 'Makemore', { viewColumn, preserveFocus: !focus });
    void vscode.window.tabGroups.close(left, true);
    void this.deserializeWebviewPanel(panel);
  }

  /** A tab whose extension host was killed stays frozen: VS Code revives tabs only after a reload. */
  private async replaceOrphan(): Promise<void> {
    await this.recalled;
    await delay(reviveMilliseconds);
    const isVisible = vscode.window.tabGroups.all.some(({ activeTab }) => activeTab && isInspector(activeTab));
    if (isVisible && !this.panel) this.open(false);
  }

  private receive(command: InspectorCommand): void {
    if (command.type === 'ready') {
      this.outbox.reset();
      this.isReady = true;
    }
    if (command.type === 'drawn') this.outbox.drawn(command.messages);
    if (command.type === 'picture' && !this.isWanted(command.panel)) return;
    this.commands.fire(command);
    if (command.type === 'ready') this.reveal();
  }

  private isWanted(picture: string): boolean {
    const wanted = this.wantedPicture;
    this.wantedPicture = undefined;
    return picture === wanted;
  }

  private reveal(): void {
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

function isInspector({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType); // VS Code adds a prefix
}
