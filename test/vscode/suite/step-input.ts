import * as vscode from 'vscode';

/** One of several steps, as VS Code would show it, with what a person can do. */
export class StepInput {
  readonly shown: Record<string, unknown> = {};
  private readonly made = { change: emitter<string>(), selection: emitter<readonly vscode.QuickPickItem[]>() };
  private readonly way = { accept: emitter<undefined>(), hide: emitter<undefined>(), button: emitter<undefined>() };

  constructor(answer: (input: StepInput) => void) {
    Object.assign(this.shown, {
      value: '',
      onDidChangeValue: this.made.change.event,
      onDidChangeSelection: this.made.selection.event,
      onDidAccept: this.way.accept.event,
      onDidHide: this.way.hide.event,
      onDidTriggerButton: this.way.button.event,
      show: () => setTimeout(() => answer(this)),
      dispose: () => undefined,
    });
  }

  /** Whether it is a field, a list of which several can be chosen, or one of which one is. */
  get kind(): 'field' | 'several' | 'one' {
    if (!this.shown.items) return 'field';
    return this.shown.canSelectMany === true ? 'several' : 'one';
  }

  get items(): readonly vscode.QuickPickItem[] {
    return this.shown.items as readonly vscode.QuickPickItem[];
  }

  get told(): { readonly message: string; readonly severity: vscode.InputBoxValidationSeverity } {
    return this.shown.validationMessage as StepInput['told'];
  }

  type(value: string): void {
    this.shown.value = value;
    this.made.change.fire(value);
  }

  choose(labels: readonly string[]): void {
    this.chooseIf(({ label }) => labels.includes(label));
  }

  chooseIf(isChosen: (item: vscode.QuickPickItem) => boolean): void {
    this.made.selection.fire(this.items.filter(isChosen));
  }

  /** Chooses what is described so, such as a preset by its id, or else goes away. */
  take(description: string | undefined): void {
    this.chooseIf(item => item.description === description);
    this.accept();
    this.escape(); // if there is no such item
  }

  accept(): void {
    this.way.accept.fire(undefined);
  }

  goBack(): void {
    this.way.button.fire(undefined);
  }

  escape(): void {
    this.way.hide.fire(undefined);
  }
}

/** Does something while a person answers every step. @returns all steps */
export async function answeringSteps(
  answer: (input: StepInput) => void,
  action: () => Promise<unknown>,
): Promise<StepInput[]> {
  const { createInputBox, createQuickPick } = vscode.window;
  const inputs: StepInput[] = [];
  const create = (): unknown => {
    const input = new StepInput(answer);
    inputs.push(input);
    return input.shown;
  };
  try {
    Object.assign(vscode.window, { createInputBox: create, createQuickPick: create });
    await action();
  } finally {
    Object.assign(vscode.window, { createInputBox, createQuickPick });
  }
  return inputs;
}

function emitter<T>(): vscode.EventEmitter<T> {
  return new vscode.EventEmitter<T>();
}
