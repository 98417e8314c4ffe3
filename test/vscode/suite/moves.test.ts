import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { textNow } from '../../../src/host/text/names-document';
import { provideMemoryFiles } from './memory-files';
import {
  answering,
  closeAll,
  idOf,
  inspectorTabs,
  makemore,
  names,
  openText,
  train,
  until,
  untilState,
  workspaceFolder,
} from './support';

const write = (uri: vscode.Uri, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));

async function rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(from, to);
  ok(await vscode.workspace.applyEdit(edit));
}

async function untilItIs(uri: vscode.Uri, name: string): Promise<void> {
  const { source } = await untilState(`it is ${name}`, state => state.source?.uri === uri.toString());
  strictEqual(source?.name, name);
}

describe('the document that a run learned', () => {
  const folder = vscode.Uri.joinPath(workspaceFolder(), 'moves');
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const files = provideMemoryFiles();
  beforeEach(() => vscode.workspace.fs.createDirectory(folder));
  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('is followed when it is saved for the first time, in the list of runs too', async () => {
    const document = await vscode.workspace.openTextDocument(at('mine.txt').with({ scheme: 'untitled' }));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), `${names.trimEnd()}  `));
    await vscode.workspace
      .getConfiguration('files')
      .update('insertFinalNewline', true, vscode.ConfigurationTarget.Global);
    try {
      await train('mlp-part2');
      const { storage, session } = await makemore();
      await until('it is kept', () => storage.list().some(({ id }) => id === session.state.id));
      ok(await document.save());
      await untilItIs(at('mine.txt'), 'mine.txt');
      const { uri } = session.state.source ?? {};
      await until('its record says so', () => storage.read(idOf(session)).record.source.uri === uri);
    } finally {
      await vscode.workspace
        .getConfiguration('files')
        .update('insertFinalNewline', undefined, vscode.ConfigurationTarget.Global);
    }
    const { id } = (await makemore()).session.state;
    await vscode.commands.executeCommand('makemore.stop');
    await untilState('it has stopped', state => state.status === 'stopped');
    await vscode.commands.executeCommand('makemore.trainAgain');
    await untilState('it trains again', state => state.id !== id && state.step > 0);
  });

  it('is not taken for another one that is saved with other names while it closes', async () => {
    await openText(names);
    await train('mlp-part2');
    const other = await vscode.workspace.openTextDocument(at('other.txt').with({ scheme: 'untitled' }));
    const editor = await vscode.window.showTextDocument(other);
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'anna\nbob\n'));
    ok(await other.save());
    match((await makemore()).session.state.source?.uri ?? '', /^untitled:/);
  });

  it('is followed when it or its folder is renamed while a run trains and others wait', async () => {
    const girls = at('girls');
    await vscode.workspace.fs.createDirectory(girls);
    const before = vscode.Uri.joinPath(girls, 'names.txt');
    await write(before, names);
    await train('mlp-part2', { uri: before });
    const wait = (): Promise<unknown> => train('mlp-five-words', { uri: before, awaitLoss: false });
    await answering('showInformationMessage', 'Add to the Queue', wait);
    await rename(before, vscode.Uri.joinPath(girls, 'new names #1.txt'));
    await untilItIs(vscode.Uri.joinPath(girls, 'new names #1.txt'), 'new names #1.txt');
    await until('the tab says so', () => inspectorTabs().some(({ label }) => label.endsWith('· new names #1.txt')));
    await rename(girls, at('boys'));
    const now = vscode.Uri.joinPath(at('boys'), 'new names #1.txt');
    await untilItIs(now, 'new names #1.txt');
    await write(now, 'someone\nelse\n');
    await untilState('a change is noticed where it is now', state => state.sourceChanged && !state.sourceGone);
    const { storage, session } = await makemore();
    await until('the record says so', () => storage.read(idOf(session)).record.source.uri === now.toString());
    session.send({ type: 'stop' });
    await untilState('the next one trains', state => state.preset?.id === 'mlp-five-words' && state.step > 0);
    strictEqual(session.state.source?.uri, now.toString());
  });

  it('is not taken for a neighbor whose name begins alike', async () => {
    await write(at('names.txt'), names);
    await write(at('names'), names);
    await train('mlp-part2', { uri: at('names.txt') });
    await rename(at('names'), at('moved'));
    strictEqual((await makemore()).session.state.source?.uri, at('names.txt').toString());
  });

  it('is gone once an untitled one is closed, and can be trained on again as it was', async () => {
    await openText(names);
    await train('mlp-part2');
    await vscode.window.showTextDocument(vscode.workspace.textDocuments.find(({ isUntitled }) => isUntitled)!);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const { id } = await untilState('it is gone', state => state.sourceGone === true);
    await vscode.commands.executeCommand('makemore.stop');
    await untilState('it has stopped', state => state.status === 'stopped');
    await vscode.commands.executeCommand('makemore.trainAgain');
    await untilState('it trains again', state => state.id !== id && state.step > 0);
    strictEqual((await makemore()).session.taken.text, names);
  });

  it('is not gone while a comparison shows it', async () => {
    const document = await openText(names);
    await write(at('other.txt'), 'anna\n');
    await vscode.commands.executeCommand('vscode.diff', at('other.txt'), document.uri, 'Compared');
    await train('mlp-part2');
    const { session } = await makemore();
    strictEqual(session.state.source?.uri, document.uri.toString());
    session.compareSource(undefined);
    await vscode.commands.executeCommand('makemore.stop');
    await untilState('it has stopped', state => state.status === 'stopped');
    await vscode.commands.executeCommand('makemore.trainAgain');
    await untilState('it trains', state => state.status === 'running');
    await new Promise(resolve => setTimeout(resolve, 1000)); // more than it takes to compare the texts
    strictEqual(session.state.sourceGone, undefined);
  });

  it('is watched behind a link, and read there', async () => {
    const elsewhere = fs.mkdtempSync(join(tmpdir(), 'makemore-linked-'));
    try {
      fs.writeFileSync(join(elsewhere, 'real.txt'), names);
      fs.symlinkSync(elsewhere, at('linked').fsPath);
      fs.symlinkSync(join(elsewhere, 'real.txt'), at('link.txt').fsPath);
      for (const uri of [at('link.txt'), vscode.Uri.joinPath(at('linked'), 'real.txt')]) {
        await train('mlp-part2', { uri });
        await new Promise(resolve => setTimeout(resolve, 500)); // the watcher begins
        fs.writeFileSync(join(elsewhere, 'real.txt'), 'someone\nelse\n');
        await untilState('the change is noticed', state => state.sourceChanged);
        const { session } = await makemore();
        if (uri.path.endsWith('link.txt')) await linkElsewhere(uri);
        session.send({ type: 'stop' });
        await untilState('it has stopped', state => state.status === 'stopped');
        await vscode.commands.executeCommand('makemore.trainAgain');
        await untilState('it trains', state => state.status === 'running' || state.status === 'finished');
        strictEqual(session.taken.text, 'someone\nelse\n');
        await vscode.commands.executeCommand('makemore.stop');
        await untilState('it has stopped again', state => state.status === 'stopped' || state.status === 'finished');
        fs.writeFileSync(join(elsewhere, 'real.txt'), names);
      }
    } finally {
      fs.rmSync(elsewhere, { recursive: true });
    }
  });

  /** Has a link lead to the names again, and then has those change. */
  async function linkElsewhere({ fsPath }: vscode.Uri): Promise<void> {
    const other = at('other-real.txt').fsPath;
    fs.writeFileSync(other, names);
    fs.symlinkSync(other, `${fsPath}.new`);
    fs.renameSync(`${fsPath}.new`, fsPath);
    await untilState('it is the same again', state => !state.sourceChanged);
    await new Promise(resolve => setTimeout(resolve, 500)); // the watcher begins
    fs.writeFileSync(other, 'someone\nelse\n');
    await untilState('the change there is noticed', state => state.sourceChanged);
  }

  it('has not changed because it cannot be read', async () => {
    const uri = files.add('/refused.txt', names);
    files.problem = vscode.FileSystemError.Unavailable(uri);
    try {
      strictEqual(await textNow(uri), 'unreadable');
    } finally {
      files.problem = undefined;
    }
    deepStrictEqual(await textNow(uri), { now: names });
    strictEqual(await textNow(uri.with({ path: '/nowhere.txt' })), undefined);
  });
});
