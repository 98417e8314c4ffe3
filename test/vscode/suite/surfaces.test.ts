import fc from 'fast-check';
import { match, ok, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { assertPlain, assertVisible, hostileText } from '../../markup';
import { attempt } from '../../../src/host/register-commands';
import { at } from '../../../src/shared/at';
import * as surfaces from '../../../src/host/text/surfaces';
import { InputError, messageOf } from '../../../src/shared/errors';
import { answeringSteps } from './step-input';
import { closeAll, errorShownBy, makemore, train, workspaceFolder } from './support';

type Call = readonly unknown[];

/** What VS Code is given by an action, with nobody to see it. */
async function givenTo(name: keyof typeof vscode.window, action: () => unknown): Promise<Call> {
  const before = vscode.window[name];
  const calls: Call[] = [];
  try {
    Object.assign(vscode.window, { [name]: (...args: unknown[]) => void calls.push(args) });
    await action();
  } finally {
    Object.assign(vscode.window, { [name]: before });
  }
  strictEqual(calls.length, 1, `${name} was called`);
  return at(calls, 0);
}

/** Every text within a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('a file named as a link, and whatever else is no mere name', () => {
  const log = vscode.window.createOutputChannel('Surfaces', { log: true });
  after(() => log.dispose());
  afterEach(closeAll);

  const surfacesOf: Readonly<Record<string, [keyof typeof vscode.window, (text: string) => unknown]>> = {
    'an error': ['showErrorMessage', text => surfaces.showErrorMessage(text)],
    'an error of a command': ['showErrorMessage', text => attempt(() => Promise.reject(new InputError(text)), log)],
    'a notification': ['showInformationMessage', text => surfaces.showInformationMessage(text, 'Open')],
    'a question': ['showWarningMessage', text => surfaces.showModalWarning(text, text, 'Delete')],
    'a message in the status bar': ['setStatusBarMessage', text => surfaces.showBriefly(text)],
    'a list to choose from': [
      'showQuickPick',
      text =>
        surfaces.showQuickPick([{ label: text, description: text, detail: text }], { title: text, placeHolder: text }),
    ],
    'a field': [
      'showInputBox',
      text => surfaces.showInputBox({ title: text, prompt: text, placeHolder: text, validateInput: () => undefined }),
    ],
  };
  for (const [what, [name, show]] of Object.entries(surfacesOf))
    it(`is nothing but a text in ${what}`, () =>
      fc.assert(
        fc.asyncProperty(hostileText, async text => {
          for (const shown of textsIn(await givenTo(name, () => show(text)))) assertPlain(shown);
        }),
      ));

  it('is nothing but a text in one of several steps', () =>
    fc.assert(
      fc.asyncProperty(hostileText, async text => {
        const step = { title: text, step: 1, steps: 2 };
        const check = (): { message: string; isProblem: boolean } => ({ message: text, isProblem: true });
        const inputs = await answeringSteps(
          input => input.escape(),
          async () => {
            await surfaces.showInputStep({ ...step, prompt: text, value: '' }, check);
            await surfaces.showPickStep([{ label: text }], { ...step, placeHolder: text, most: 1 });
            await surfaces.showChoiceStep([{ label: text, description: text, detail: text }], {
              ...step,
              placeHolder: text,
            });
          },
        );
        for (const { shown } of inputs) textsIn(shown).forEach(assertPlain);
      }),
    ));

  it('is nothing but a text where a field says what is wrong', () =>
    fc.assert(
      fc.asyncProperty(hostileText, async text => {
        const [box] = await givenTo('showInputBox', () => surfaces.showInputBox({ validateInput: () => text }));
        const problem = (box as vscode.InputBoxOptions).validateInput?.('');
        assertPlain(textsIn(problem).join());
      }),
    ));

  it('is nothing but a text where VS Code shows why a command has failed', () =>
    fc.assert(
      fc.asyncProperty(hostileText, async text => {
        const failed = await attempt(() => Promise.reject(new Error(text)), log).then(String, messageOf);
        assertPlain(failed);
      }),
    ));

  it('is nothing but a text in the list of runs and for screen readers', () =>
    fc.assert(
      fc.property(hostileText, text => {
        const item = surfaces.treeItem({ label: text, description: text, tooltip: '', spoken: text });
        const { label, description, accessibilityInformation } = item;
        textsIn([label, description, accessibilityInformation]).forEach(assertPlain);
        ok(item.tooltip instanceof vscode.MarkdownString);
        const { isTrusted, supportThemeIcons, supportHtml } = item.tooltip;
        ok(!isTrusted && !supportThemeIcons && !supportHtml);
      }),
    ));

  it('is nothing but a text in the status bar, behind the icon that is ours', () => {
    const { createStatusBarItem } = vscode.window;
    const item = { text: '', tooltip: '', show: () => undefined, hide: () => undefined, dispose: () => undefined };
    Object.assign(vscode.window, { createStatusBarItem: () => item });
    try {
      const status = new surfaces.StatusItem('makemore.test', 'Makemore', 'makemore.showInspector', 1);
      fc.assert(
        fc.property(hostileText, text => {
          status.show('pulse', text, text);
          strictEqual(item.text.slice(0, 9), '$(pulse) ');
          assertPlain(item.text.slice(8));
          assertVisible(item.text);
          assertPlain(item.tooltip);
        }),
      );
    } finally {
      Object.assign(vscode.window, { createStatusBarItem });
    }
  });

  it('is told as a text when it cannot be trained on', async () => {
    const name = '[see the rules](command:workbench.action.toggleZenMode) $(zap).txt';
    const uri = vscode.Uri.joinPath(workspaceFolder(), name);
    await vscode.workspace.fs.writeFile(uri, Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0, 10, 0, 0, 255));
    try {
      await makemore();
      const message = await errorShownBy(() => train('mlp-part2', { uri, awaitLoss: false }));
      match(
        message.replaceAll('\u2060', ''),
        /^\[see the rules\]\(command:workbench\.action\.toggleZenMode\) \$\(zap\)\.txt cannot/,
      );
      assertPlain(message);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});
