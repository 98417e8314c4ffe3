import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, closeAll, makemore, names, openText, train, until, untilState, workspaceFolder } from './support';

/** A picture of one pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the file to train on', () => {
  const folder = vscode.Uri.joinPath(workspaceFolder(), 'files');
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const write = (name: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(at(name), Buffer.from(text));
  before(closeAll);
  beforeEach(async () => {
    await vscode.workspace.fs.createDirectory(folder);
    await vscode.workspace.fs.writeFile(at('picture.png'), picture);
    for (const name of ['secret.env.txt', 'girls.txt', 'boys.txt']) await write(name, names);
  });
  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  /** Runs Train. @returns the labels of the files that are offered, of which one is chosen */
  async function offered(choose: string | undefined): Promise<string[]> {
    let labels: string[] = [];
    const answer = (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions): unknown => {
      if (options.title !== 'Choose a File of Names') return undefined;
      labels = items.filter(({ kind }) => kind === undefined).map(({ label }) => label);
      return items.find(({ label }) => label === choose);
    };
    await answering('showQuickPick', answer, () => vscode.commands.executeCommand('makemore.train'));
    return labels;
  }

  it('is asked for while a picture is in front, and no text behind it is taken', async () => {
    await vscode.window.showTextDocument(at('secret.env.txt'), { preview: false });
    await vscode.commands.executeCommand('vscode.open', at('picture.png'));
    await until(
      'the picture is in front',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'picture.png',
    );
    deepStrictEqual(await offered(undefined), ['secret.env.txt', 'Browse…']);
    let browsed = 0;
    await answering(
      'showOpenDialog',
      () => {
        browsed++;
      },
      () => offered('Browse…'),
    );
    strictEqual(browsed, 1);
  });

  it('is the one text in sight beside a page', async () => {
    await vscode.window.showTextDocument(at('girls.txt'), { preview: false, viewColumn: vscode.ViewColumn.One });
    const page = vscode.window.createWebviewPanel('test', 'Page', vscode.ViewColumn.Two);
    try {
      await until('the page is in front', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Page');
      await train('mlp-five-words');
      strictEqual((await makemore()).session.state.source?.name, 'girls.txt');
    } finally {
      page.dispose();
    }
  });

  it('is each of those that are selected, one run after the other', async () => {
    const { session } = await makemore();
    const both = [at('girls.txt'), folder, at('boys.txt')];
    const choose = (items: readonly vscode.QuickPickItem[]): unknown =>
      items.find(({ description }) => description === 'mlp-part2');
    await answering('showQuickPick', choose, () => vscode.commands.executeCommand('makemore.train', both[0], both));
    await untilState('the first one trains', state => state.source?.name === 'girls.txt' && state.step > 0);
    session.send({ type: 'stop' });
    await untilState('so does the other one', state => state.source?.name === 'boys.txt' && state.step > 0);
  });

  it('is called by its folder where another run has learned a file of its name', async () => {
    const called: unknown[] = [];
    for (const group of ['north', 'south']) {
      const uri = vscode.Uri.joinPath(folder, group, 'same.txt');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(names));
      await train('mlp-five-words', { uri });
      const { session, storage } = await makemore();
      await untilState('it has ended', ({ status }) => status === 'finished'); // or the next one asks whether to stop it
      await until('it is kept', () => storage.list().some(({ id }) => id === session.state.id));
      called.push(session.state.called);
    }
    deepStrictEqual(called, [undefined, 'south/same.txt']);
  });

  it('is the one that is clicked, if that is none of those that are selected', async () => {
    const choose = (items: readonly vscode.QuickPickItem[]): unknown =>
      items.find(({ description }) => description === 'mlp-five-words');
    const [clicked, others] = [at('girls.txt'), [at('boys.txt'), at('secret.env.txt')]];
    await answering('showQuickPick', choose, () => vscode.commands.executeCommand('makemore.train', clicked, others));
    await untilState('it trains', state => state.source?.name === 'girls.txt' && state.step > 0);
  });

  it('is the side of a comparison that has the focus', async () => {
    await openText('anna\n');
    await vscode.commands.executeCommand('vscode.diff', at('girls.txt'), at('boys.txt'), 'Compared');
    await vscode.commands.executeCommand('workbench.action.compareEditor.focusPrimarySide');
    await train('mlp-five-words');
    strictEqual((await makemore()).session.state.source?.name, 'boys.txt');
    await vscode.commands.executeCommand('makemore.stop');
  });
});
