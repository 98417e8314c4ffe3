import { match, ok, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { isTraining } from '../../../src/shared/run-state';
import {
  closeAll,
  errorShownBy,
  makemore,
  names,
  openText,
  options,
  provideMemoryFiles,
  train,
  untilState,
} from './support';

describe('input', () => {
  const files = provideMemoryFiles();
  afterEach(closeAll);

  it('may come from a virtual file system, told by the explorer', async () => {
    await train('mlp-five-words', { uri: files.add('/names.txt', names) });
    const { source, info } = (await makemore()).session.state;
    strictEqual(source?.name, 'names.txt');
    strictEqual(info?.names, 5);
  });

  it('is what stands in the editor, not what was saved', async () => {
    const uri = files.add('/saved.txt', 'anna\n');
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), names));
    ok(document.isDirty);
    await train('mlp-part2');
    strictEqual((await makemore()).session.state.info?.names, 13);
  });

  it('is noticed when it is replaced or deleted on disk, whatever its name', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'names [2018].txt');
    const other = vscode.Uri.joinPath(folder, 'other.txt');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(names));
    await vscode.workspace.fs.writeFile(other, new TextEncoder().encode('someone\nelse\n'));
    await train('mlp-part2', { uri });
    await vscode.workspace.fs.rename(other, uri, { overwrite: true });
    await untilState('the replacement is told', state => state.sourceChanged);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(names));
    await untilState('the old text is recognized', state => !state.sourceChanged);
    await vscode.workspace.fs.delete(uri);
    await untilState('the deletion is told', state => state.sourceChanged);
  });

  it('is noticed when it changes on disk alone', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'changing.txt');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(names));
    await train('mlp-part2', { uri });
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('someone\nelse\n'));
    await untilState('the change is told', state => state.sourceChanged);
    await vscode.workspace.fs.delete(uri);
  });

  it('may be a file of CRLF lines with a byte order mark', async () => {
    await train('mlp-part2', { uri: files.add('/windows.csv', `\ufeff${names.replaceAll('\n', '\r\n')}`) });
    const { info } = (await makemore()).session.state;
    strictEqual(info?.names, 12);
    strictEqual(info.notes.length, 0);
  });

  it('is refused in one sentence where there is nothing to train on, and the model before stays', async () => {
    await openText(names);
    await train('mlp-five-words');
    const { session } = await makemore();
    session.send({ type: 'stop' });
    const { step } = await untilState('it has stopped', state => !isTraining(state));
    await openText('\n\n');
    const refused = new Promise<string>(resolve => {
      const subscription = session.onEvent(event => {
        if (event.type !== 'failed') return;
        subscription.dispose();
        resolve(event.reason);
      });
    });
    await train('bigram-net', { awaitLoss: false });
    match(await refused, /has no names: write one name per line/);
    await untilState('the run before is back', state => state.step === step && state.preset?.id === 'mlp-five-words');
    session.sample({});
    await untilState('it still draws names', state => state.samples?.step === step);
  });

  it('is refused from its size, before it is read', async () => {
    const uri = files.add('/large.txt', names, 60 * 2 ** 20);
    const { session } = await makemore();
    const before = session.state.source;
    const { reads } = files;
    const error = await errorShownBy(() => train('mlp-part2', { uri, awaitLoss: false }));
    match(error, /^large\.txt has 60\.0 MB, and 50\.0 MB is the most/);
    strictEqual(session.state.source, before);
    strictEqual(files.reads, reads);
  });

  it('is refused where it is no text', async () => {
    const uri = files.add('/program.txt', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0, 10, 0, 0, 255));
    const error = await errorShownBy(() => train('mlp-part2', { uri, awaitLoss: false }));
    match(error, /^program\.txt cannot be read \(.*binary.*\): open a text file with one name per line\.$/);
  });

  it('may be the sample names that the extension ships', async () => {
    await vscode.commands.executeCommand('makemore.openNames');
    const document = vscode.window.activeTextEditor?.document;
    strictEqual(document?.uri.toString(), 'makemore:/names.txt');
    ok(document.lineCount > 30_000);
    await train('mlp-part2');
    ok((await makemore()).session.state.info!.names > 30_000);
  });
});

describe('the worker thread', () => {
  afterEach(closeAll);

  it('may die: that is an event with a message, and training again goes on', async () => {
    await openText(names);
    await train('mlp-part2');
    const { session } = await makemore();
    const { worker } = session as unknown as { worker: { thread: { terminate(): Promise<number> } } };
    await worker.thread.terminate();
    const { failure, losses } = await untilState('the death is told', state => state.status === 'failed');
    match(failure ?? '', /^The training thread died .* train again/);
    ok(losses.length > 0, 'the last pictures stay');
    session.restart({}, options('tfjs-wasm'));
    await untilState('it trains again', state => state.status === 'running' && state.step > 0);
  });
});
