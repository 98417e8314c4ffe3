import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import { parseInspectorCommand } from '../../shared/inspector-commands';
import { inspectorPage } from './page';
import { defaultArrangement, parseArrangement, type Arrangement } from '../../shared/arrangement';
import { watchNothing } from '../../shared/inspection';
import type { InspectorCommand, RunEvent } from '../../shared/protocol';
import type { PlaceMarks } from '../editor/place-marks';
import type { Session } from '../session/session';

const viewType = 'makemore.inspector';
const arrangementKey = 'arrangement';
/** After a reload VS Code revives a tab that shows sooner than this. */
const reviveMilliseconds = 2000;
/** A message may be large. */
const shortly = { depth: 1, maxArrayLength: 8, maxStringLength: 100, breakLength: Infinity };

/**
 * The panel beside the editor. Its webview keeps nothing: one that is new, revealed or moved posts `ready` and gets the
 * whole state; a hidden one gets nothing.
 */
export class InspectorPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private ready = false;
  /** A panel to reveal as soon as the webview is ready. */
  private toReveal: { readonly panel: string; readonly focus: boolean } | undefined;
  private wantedPicture: string | undefined;
  private readonly subscription: vscode.Disposable;

  /** @param recalled when it is known what the window before has left */
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly session: Session,
    private readonly marks: PlaceMarks,
    private readonly recalled: Promise<void>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscription = vscode.Disposable.from(
      session.onEvent(event => this.forward(event)),
      vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: panel => this.adopt(panel) }),
    );
    void this.replaceOrphan();
  }

  /**
   * Opens or reveals the inspector; the focus stays in the editor unless the keyboard is to go on in the inspector.
   *
   * @param panelId what to scroll to
   */
  show(panelId?: string, { focus = false } = {}): void {
    this.toReveal = panelId === undefined ? undefined : { panel: panelId, focus };
    if (this.panel) this.panel.reveal(undefined, !focus);
    else this.open(focus);
    if (this.ready) this.reveal();
  }

  /** Asks for a panel's picture, which the inspector then offers to save. */
  takePicture(panel: string): void {
    this.wantedPicture = panel;
    this.post({ type: 'takePicture', panel });
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private open(focus: boolean): void {
    // A tab that the window before has left is empty until somebody looks at it: the new one takes its place.
    const left = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isInspector);
    const viewColumn = left.at(0)?.group.viewColumn ?? vscode.ViewColumn.Beside;
    const panel = vscode.window.createWebviewPanel(viewType, 'Makemore', { viewColumn, preserveFocus: !focus });
    void vscode.window.tabGroups.close(left, true);
    void this.adopt(panel);
  }

  /** A tab whose extension host was killed shows for ever what it showed then: VS Code revives it after a reload only. */
  private async replaceOrphan(): Promise<void> {
    await this.recalled;
    await delay(reviveMilliseconds);
    const shows = vscode.window.tabGroups.all.some(({ activeTab }) => activeTab && isInspector(activeTab));
    if (shows && !this.panel) this.open(false);
  }

  /** Makes a panel the inspector, of which there is one: a panel that is new, or that the window before has left. */
  private async adopt(panel: vscode.WebviewPanel): Promise<void> {
    const { extensionUri } = this.context;
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    const before = this.panel;
    this.panel = panel;
    before?.dispose();
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
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
      this.marks.clear();
      this.panel = undefined;
    });
    await this.recalled; // a page that has nothing to show yet would flash
    if (this.panel === panel) panel.webview.html = inspectorPage(panel.webview, dist);
  }

  /** Hidden or closed: nothing is posted, nothing is watched, no shortcut holds. */
  private sleep(): void {
    this.ready = false;
    this.session.send({ type: 'watch', watch: watchNothing });
    this.setFocus(false);
  }

  private receive(command: InspectorCommand): void {
    switch (command.type) {
      case 'ready':
        this.ready = true;
        this.post({ type: 'arrange', arrangement: this.arrangement() });
        this.hydrate();
        this.reveal();
        break;
      case 'train':
        void vscode.commands.executeCommand('makemore.train', this.sourceUri());
        break;
      case 'restart':
        void vscode.commands.executeCommand('makemore.restart', command.hyperparameters);
        break;
      case 'trainAgain':
      case 'resumeRun':
      case 'findLearningRate':
      case 'overfit':
      case 'copySamples':
      case 'openSamples':
        void vscode.commands.executeCommand(`makemore.${command.type}`);
        break;
      case 'arrange':
        void this.context.globalState.update(arrangementKey, command.arrangement);
        break;
      case 'picture':
        if (command.panel === this.wantedPicture) void vscode.commands.executeCommand('makemore.savePicture', command);
        this.wantedPicture = undefined;
        break;
      case 'focus':
        this.setFocus(command.focused);
        break;
      case 'markPlaces':
        void this.marks.mark(command.characters);
        break;
      case 'unmarkPlaces':
        this.marks.clear();
        break;
      case 'endComparison':
        this.session.compare([]);
        break;
      case 'goToLine':
        void this.marks.goTo(command.line);
        break;
      default:
        this.session.send(command);
    }
  }

  private arrangement(): Arrangement {
    return parseArrangement(this.context.globalState.get(arrangementKey)) ?? defaultArrangement;
  }

  private sourceUri(): vscode.Uri | undefined {
    const uri = this.session.state.source?.uri;
    return uri === undefined ? undefined : vscode.Uri.parse(uri, true);
  }

  private setFocus(focused: boolean): void {
    void vscode.commands.executeCommand('setContext', 'makemore.inspectorFocus', focused);
  }

  private forward(event: RunEvent): void {
    if (!this.ready) return;
    if (event.type === 'hydrate') this.hydrate();
    else this.post(event);
  }

  private hydrate(): void {
    const { losses, ...state } = this.session.state;
    // Only what is used of the loss storage, since a view would be posted with the whole buffer behind it.
    const used = { values: losses.values.slice(0, losses.length), length: losses.length };
    this.post({ type: 'hydrate', state: { ...state, losses: used } });
  }

  private reveal(): void {
    if (this.toReveal) this.post({ type: 'reveal', ...this.toReveal });
    this.toReveal = undefined;
  }

  private post(event: RunEvent): void {
    void this.panel?.webview.postMessage(event);
  }
}

function isInspector({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType); // VS Code prefixes it
}
