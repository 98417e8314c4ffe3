import { setImmediate as othersTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { openDocument } from '../text/names-document';
import { searchPlaces, type Found } from './ngram-places';
import type { Session } from '../session/session';

/** How long the document must be unchanged before places are searched again. */
const settleMilliseconds = 300;

/** Marks the places of an n-gram in editors of the file that is trained on, and goes to them. */
export class PlaceMarks implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.findMatchHighlightBorder'), // only in high contrast themes
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  private readonly subscriptions: vscode.Disposable[];
  private ranges: readonly vscode.Range[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** The last one that began: those before it end without an answer. */
  private search: Generator<void, Found> | undefined;

  constructor(private readonly session: Session) {
    this.subscriptions = [
      session.onEvent(({ type }) => {
        if (type === 'starting' || type === 'hydrate') void this.refresh(); // the run has other places, or none
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.decorate()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.session.state.places && this.isSource(document)) this.refreshSoon();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.search = undefined;
    this.decoration.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Searches the text as it is now, and shows the first place. */
  async mark(characters: readonly string[]): Promise<void> {
    const document = await this.find(characters);
    const first = this.ranges.at(0);
    if (!document || !first) return;
    const editor = this.editor() ?? (await this.show(document, { preserveFocus: true }));
    editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  clear(): void {
    if (!this.session.state.places) return;
    this.session.setPlaces(undefined);
    this.unmark();
  }

  /** @param line from 0 */
  async goTo(line: number): Promise<void> {
    const document = await this.document();
    if (!document) return;
    const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
    await this.show(document, { selection: range });
  }

  /** @returns the document; undefined if it is gone: then the search is in the text that was taken */
  private async find(characters: readonly string[]): Promise<vscode.TextDocument | undefined> {
    const { info, preset } = this.session.state;
    const document = await this.document();
    if (!info || info !== this.session.state.info) return undefined; // another run has started in the meantime
    const text = document?.getText() ?? this.session.taken.text ?? '';
    const search = searchPlaces(text, characters, { ...info, names: preset?.names });
    const result = await this.resultOf(search);
    if (!result || info !== this.session.state.info) return undefined;
    const { ranges, ...found } = result;
    this.ranges = document ? ranges.map(({ line, start, end }) => new vscode.Range(line, start, line, end)) : [];
    this.session.setPlaces({ ...found, marked: this.ranges.length });
    this.decorate();
    return document;
  }

  /** Lets others have their turn between slices of the search. Undefined if another one began in the meantime. */
  private async resultOf(search: Generator<void, Found>): Promise<Found | undefined> {
    this.search = search;
    for (;;) {
      const { done, value } = search.next();
      if (done) return value;
      await othersTurn();
      if (search !== this.search) return undefined;
    }
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), settleMilliseconds);
  }

  private async refresh(): Promise<void> {
    const { places } = this.session.state;
    if (places) await this.find(places.characters);
    else this.unmark();
  }

  private unmark(): void {
    this.search = undefined;
    this.ranges = [];
    this.decorate();
  }

  private decorate(): void {
    for (const editor of vscode.window.visibleTextEditors)
      editor.setDecorations(this.decoration, this.isSource(editor.document) ? this.ranges : []);
  }

  private async document(): Promise<vscode.TextDocument | undefined> {
    const { source } = this.session.state;
    return source && openDocument(vscode.Uri.parse(source.uri, true));
  }

  private isSource({ uri }: vscode.TextDocument): boolean {
    return uri.toString() === this.session.state.source?.uri;
  }

  private editor(): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find(({ document }) => this.isSource(document));
  }

  /** Shows it where it is already open, else beside the inspector. */
  private show(document: vscode.TextDocument, options: vscode.TextDocumentShowOptions): Thenable<vscode.TextEditor> {
    const { One, Beside } = vscode.ViewColumn;
    const beside = vscode.window.tabGroups.activeTabGroup.viewColumn === One ? Beside : One;
    return vscode.window.showTextDocument(document, { ...options, viewColumn: this.editor()?.viewColumn ?? beside });
  }
}
