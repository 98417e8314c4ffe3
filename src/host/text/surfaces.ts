import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { plain } from './markup';

// Every text that VS Code may read as markup goes through here: the linter forbids its functions everywhere else.

export function showErrorMessage<Offer extends string>(
  message: string,
  ...offers: Offer[]
): Thenable<Offer | undefined> {
  return vscode.window.showErrorMessage(plain(message), ...offers);
}

export function showInformationMessage<Offer extends string>(
  message: string,
  ...offers: Offer[]
): Thenable<Offer | undefined> {
  return vscode.window.showInformationMessage(plain(message), ...offers);
}

/** A question that must be answered first. */
export function showModalWarning<Offer extends string>(
  message: string,
  detail: string | undefined,
  ...offers: Offer[]
): Thenable<Offer | undefined> {
  const options = { modal: true, ...(detail !== undefined && { detail: plain(detail) }) };
  return vscode.window.showWarningMessage(plain(message), options, ...offers);
}

/** In the status bar, for some seconds. */
export function showBriefly(message: string): void {
  vscode.window.setStatusBarMessage(plain(message), 3000);
}

/** Whoever waits no longer than this need not be told why. */
const momentMilliseconds = 500;

/**
 * Says what a person waits for, if it takes more than a moment, and lets them give it up.
 *
 * @returns what the work returns, or undefined if it was given up
 */
export async function showWaiting<T>(title: string, work: Promise<T>): Promise<T | undefined> {
  const isSoon = await Promise.race([work.then(() => true), delay(momentMilliseconds, false)]);
  if (isSoon) return work;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: plain(title), cancellable: true },
    (_, token) =>
      Promise.race([work, new Promise<undefined>(resolve => token.onCancellationRequested(() => resolve(undefined)))]),
  );
}

/** A bar at the top of a view, as long as the work takes. */
export function showProgressIn(viewId: string, work: Promise<void>): Thenable<void> {
  return vscode.window.withProgress({ location: { viewId } }, () => work);
}

export function showQuickPick<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Thenable<Item | undefined> {
  return vscode.window.showQuickPick(items.map(plainItem), plainTexts(options));
}

/** As `showQuickPick`, for several items. */
export function showQuickPickOfMany<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Thenable<Item[] | undefined> {
  return vscode.window.showQuickPick(items.map(plainItem), { ...plainTexts(options), canPickMany: true });
}

/** Where a person goes from one of several steps: Escape goes away. */
export type Way = 'next' | 'back' | 'away';

interface Step {
  readonly title: string;
  /** Counted from 1. */
  readonly step: number;
  readonly steps: number;
}

/** One of several steps: a field that stays when the focus goes elsewhere. */
export function showInputStep(
  { title, step, steps, prompt, value }: Step & { readonly prompt: string; readonly value: string },
  check: (text: string) => { readonly message: string; readonly isProblem: boolean },
): Promise<{ readonly text: string; readonly way: Way }> {
  const box = vscode.window.createInputBox();
  const isWrong = (): boolean => {
    const { message, isProblem } = check(box.value);
    const { Error, Info } = vscode.InputBoxValidationSeverity;
    box.validationMessage = { message: plain(message), severity: isProblem ? Error : Info };
    return isProblem;
  };
  Object.assign(box, { ...plainTexts({ title, prompt }), step, totalSteps: steps, ignoreFocusOut: true, value });
  box.valueSelection = [value.length, value.length]; // it is added to, and not typed over
  box.onDidChangeValue(isWrong);
  isWrong();
  return wayFrom(box, step > 1, () => !isWrong()).then(way => ({ text: box.value, way }));
}

interface ListStep<Item> extends Step {
  readonly placeHolder: string;
  /** What was chosen when this step was shown before. */
  readonly before?: readonly Item[] | undefined;
}

interface PickStep<Item> extends ListStep<Item> {
  /** How many can be chosen; at least one, unless told. */
  readonly least?: number;
  readonly most: number;
}

/** One of several steps: a list of which some items can be chosen. */
export function showPickStep<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  { least = 1, most, ...step }: PickStep<Item>,
): Promise<{ readonly chosen: readonly Item[]; readonly way: Way }> {
  const pick = listOf(items, step);
  pick.canSelectMany = true;
  let chosen = itemsLike(step.before ?? items.filter(({ picked }) => picked), pick);
  pick.selectedItems = chosen;
  pick.onDidChangeSelection(selected => {
    if (selected.length > most) pick.selectedItems = chosen;
    else chosen = selected;
  });
  return wayFrom(pick, step.step > 1, () => chosen.length >= least).then(way => ({ chosen, way }));
}

/** One of several steps, or a step of its own: a list of which one item is chosen. */
export async function showChoiceStep<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  step: ListStep<Item>,
): Promise<{ readonly chosen: Item | undefined; readonly way: Way }> {
  const { title, placeHolder, steps, before = [] } = step;
  if (steps === 1) {
    const chosen = await showQuickPick(items, { title, placeHolder, ...matchAll });
    return { chosen, way: chosen ? 'next' : 'away' };
  }
  const pick = listOf(items, step);
  if (before.length > 0) pick.activeItems = itemsLike(before, pick);
  let chosen: Item | undefined;
  pick.onDidChangeSelection(selected => (chosen = selected.at(0)));
  const way = await wayFrom(pick, step.step > 1, () => chosen !== undefined);
  return { chosen, way };
}

const matchAll = { matchOnDescription: true, matchOnDetail: true };

function listOf<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  { title, step, steps, placeHolder }: ListStep<Item>,
): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  const texts = { title: plain(title), placeholder: plain(placeHolder), items: items.map(plainItem) };
  return Object.assign(pick, { ...texts, ...matchAll, step, totalSteps: steps, ignoreFocusOut: true });
}

/** Those of a list that look as these do: it has copies. */
function itemsLike<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  pick: vscode.QuickPick<Item>,
): readonly Item[] {
  const looks = items.map(look);
  return pick.items.filter(item => looks.includes(look(item)));
}

function look({ label, description = '' }: vscode.QuickPickItem): string {
  return JSON.stringify([plain(label), plain(description)]);
}

/** Shows an input until the person leaves it. */
function wayFrom(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  mayGoBack: boolean,
  mayGoOn: () => boolean,
): Promise<Way> {
  if (mayGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Way>(resolve => {
    input.onDidTriggerButton(() => resolve('back'));
    input.onDidHide(() => resolve('away'));
    input.onDidAccept(() => {
      if (mayGoOn()) resolve('next');
    });
    input.show();
  }).finally(() => input.dispose());
}

interface InputBox extends Omit<vscode.InputBoxOptions, 'validateInput'> {
  /** What is wrong with a text; undefined if it can be used. */
  readonly validateInput: (text: string) => string | undefined;
}

export function showInputBox({ validateInput, ...options }: InputBox): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    ...plainTexts(options),
    ignoreFocusOut: true, // what was typed stays while a person looks something up
    validateInput: text => {
      const problem = validateInput(text);
      return problem === undefined ? undefined : plain(problem);
    },
  });
}

/** An item of the status bar. Its icon is ours, and its text may be anybody's. */
export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;

  constructor(id: string, name: string, command: string, priority: number) {
    this.item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, priority);
    Object.assign(this.item, { name, command });
  }

  show(icon: string, text: string, tooltip: string): void {
    this.item.text = `$(${icon}) ${plain(text)}`;
    this.item.tooltip = plain(tooltip);
    this.item.show();
  }

  hide(): void {
    this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}

interface TreeTexts {
  readonly label: string;
  readonly description: string;
  /** In Markdown, with `markdown` around every text that is not ours. */
  readonly tooltip: string;
  readonly spoken: string;
}

export function treeItem({ label, description, tooltip, spoken }: TreeTexts): vscode.TreeItem {
  return Object.assign(new vscode.TreeItem(plain(label)), {
    description: plain(description),
    tooltip: new vscode.MarkdownString(tooltip),
    accessibilityInformation: { label: plain(spoken) },
  });
}

function plainItem<Item extends vscode.QuickPickItem>(item: Item): Item {
  const { label, description, detail } = item;
  return {
    ...item,
    label: plain(label),
    ...(description !== undefined && { description: plain(description) }),
    ...(detail !== undefined && { detail: plain(detail) }),
  };
}

/** The texts around a list or a field. */
function plainTexts<Options extends { title?: string; prompt?: string; placeHolder?: string }>(
  options: Options,
): Options {
  const { title, prompt, placeHolder } = options;
  return {
    ...options,
    ...(title !== undefined && { title: plain(title) }),
    ...(prompt !== undefined && { prompt: plain(prompt) }),
    ...(placeHolder !== undefined && { placeHolder: plain(placeHolder) }),
  };
}
