import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { isTraining } from '../../../src/shared/run-state';
import { provideMemoryFiles } from './memory-files';
import {
  answering,
  closeAll,
  errorShownBy,
  makemore,
  names,
  openText,
  options,
  train,
  until,
  untilState,
  workspaceFolder,
} from './support';
import { answeringSteps, type StepInput } from './step-input';
import { killThread } from './thread';

describe('training on a document', () => {
  const files = provideMemoryFiles();
  afterEach(closeAll);

  it('takes a file of a virtual file system from the explorer', async () => {
    await train('mlp-five-words', { uri: files.add('/names.txt', names) });
    const { source, info } = (await makemore()).session.state;
    strictEqual(source?.name, 'names.txt');
    strictEqual(info?.names, 5);
  });

  it('takes the text in the editor rather than the saved one', async () => {
    const uri = files.add('/saved.txt', 'anna\n');
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), names));
    ok(document.isDirty);
    await train('mlp-part2');
    strictEqual((await makemore()).session.state.info?.names, 13);
  });

  it('asks once what to change of names with upper case, and trains again with the same answer', async () => {
    const asked: string[][] = [];
    const text = ['name,sex,count', ...['Emma', 'Noah', 'Emma', 'Liam'].map((name, i) => `${name},F,${i + 1}`)].join(
      '\n',
    );
    let presets = 0;
    const answer = (input: StepInput): void => {
      if (input.kind === 'several') {
        asked.push(input.items.map(({ label, description }) => `${label}: ${description}`));
        input.chooseIf(({ label }) => label !== 'Drop repeated names');
      } else {
        const isPreset = input.items.some(({ description }) => description === 'bigram-counts');
        if (isPreset && presets++ === 0) {
          input.goBack(); // the answers are there again
          return;
        }
        const taken = isPreset ? 'bigram-counts' : input.items.at(0)?.description;
        input.chooseIf(({ description }) => description === taken);
      }
      input.accept();
    };
    const uri = files.add('/counts.csv', text);
    const steps = await answeringSteps(answer, async () => {
      await vscode.commands.executeCommand('makemore.train', uri);
    });
    deepStrictEqual(
      steps.map(({ shown: { title, step, totalSteps, buttons } }) => [title, step, totalSteps, buttons !== undefined]),
      [
        ['The Names in counts.csv', 1, 3, false],
        ['The Names of counts.csv', 2, 3, true],
        ['Train a model on counts.csv', 3, 3, true],
        ['The Names of counts.csv', 2, 3, true],
        ['Train a model on counts.csv', 3, 3, true],
      ],
    );
    const labelsOf = (items: unknown): string[] => (items as vscode.QuickPickItem[]).map(({ label }) => label);
    deepStrictEqual(labelsOf(steps[3]?.shown.selectedItems), ['Weigh names by "count"', 'Lower case']);
    const { info } = await untilState('the counts stand', state => state.status === 'finished');
    deepStrictEqual(asked.slice(1), [
      [
        'Weigh names by "count": Emma counts once',
        'Lower case: Emma becomes emma',
        'Drop repeated names: Emma stands there more than once',
      ],
    ]);
    const layout = { kind: 'table', separator: ',', header: true, column: 0, count: 2 };
    deepStrictEqual(info?.reading, { layout, normalize: 'nfc', lower: true, unique: false });
    deepStrictEqual([info.names, info.examples.train], [3, 4 * 5 + 2 * 5 + 4 * 5]);
    const { id } = (await makemore()).session.state;
    await vscode.commands.executeCommand('makemore.trainAgain');
    const again = await untilState('it has counted again', state => state.id !== id && state.status === 'finished');
    deepStrictEqual(again.info?.reading, info.reading);
    strictEqual(asked.length, 2);
  });

  it('asks nothing about a plain list in lower case, repeated names or not', async () => {
    const titles: (string | undefined)[] = [];
    const choose = (items: readonly vscode.QuickPickItem[], { title }: vscode.QuickPickOptions): unknown => {
      titles.push(title);
      return items.find(({ description }) => description === 'bigram-counts');
    };
    const uri = files.add('/plain.txt', `${names}${names}`);
    await answering('showQuickPick', choose, () => vscode.commands.executeCommand('makemore.train', uri));
    await untilState('the counts stand', state => state.status === 'finished');
    deepStrictEqual(titles, ['Train a model on plain.txt']);
  });

  it('notices when the file is replaced or deleted on disk, even if its name looks like a pattern', async () => {
    const folder = workspaceFolder();
    const uri = vscode.Uri.joinPath(folder, 'names [2018].txt');
    const other = vscode.Uri.joinPath(folder, 'other.txt');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(names));
    await vscode.workspace.fs.writeFile(other, new TextEncoder().encode('someone\nelse\n'));
    await train('mlp-part2', { uri });
    await vscode.workspace.fs.rename(other, uri, { overwrite: true });
    await untilState('the replacement is noticed', state => state.sourceChanged);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(names));
    await untilState('the old text is recognized', state => !state.sourceChanged);
    await vscode.workspace.fs.delete(uri);
    await untilState('the deletion is noticed', state => state.sourceChanged);
  });

  it('notices when the file changes on disk only', async () => {
    const folder = workspaceFolder();
    const uri = vscode.Uri.joinPath(folder, 'changing.txt');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(names));
    await train('mlp-part2', { uri });
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('someone\nelse\n'));
    await untilState('the change is noticed', state => state.sourceChanged);
    await vscode.workspace.fs.delete(uri);
  });

  it('accepts CRLF line ends and a byte order mark', async () => {
    await train('mlp-part2', { uri: files.add('/windows.csv', `\ufeff${names.replaceAll('\n', '\r\n')}`) });
    const { info } = (await makemore()).session.state;
    strictEqual(info?.names, 12);
    strictEqual(info.notes.length, 0);
  });

  it('refuses a document without names in one sentence, and keeps the previous model', async () => {
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

  it('refuses a file that is too large without reading it', async () => {
    const uri = files.add('/large.txt', names, 60 * 2 ** 20);
    const { session } = await makemore();
    const before = session.state.source;
    const { reads } = files;
    const error = await errorShownBy(() => train('mlp-part2', { uri, awaitLoss: false }));
    match(error, /^large\.txt has 60\.0 MB, and 50\.0 MB is the most/);
    strictEqual(session.state.source, before);
    strictEqual(files.reads, reads);
  });

  it('refuses a binary file', async () => {
    const uri = files.add('/program.txt', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0, 10, 0, 0, 255));
    let offered: readonly string[] = [];
    let error = '';
    const note = (message: string, ...offers: string[]): void => {
      error = message;
      offered = offers;
    };
    await answering('showErrorMessage', note, () => train('mlp-part2', { uri, awaitLoss: false }));
    deepStrictEqual(offered, ['Browse…']);
    match(error, /^program\.txt cannot be read \(.*binary.*\): open a text file with one name per line\.$/);
  });

  it('offers to open a file without names, and says why only once', async () => {
    const shown: string[][] = [];
    const note = (...texts: string[]): void => void shown.push(texts);
    const { session, inspector } = await makemore();
    await answering('showErrorMessage', note, async () => {
      await openText(names);
      await train('mlp-part2');
      await vscode.commands.executeCommand('makemore.stop');
      await untilState('it has stopped', state => state.status === 'stopped');
      await openText('\n\n');
      await train('bigram-net', { awaitLoss: false });
      await until('it is refused', () => shown.length === 1);
    });
    const [[reason = '', ...offers] = []] = shown;
    const file = /^(Untitled-\d+) has no names/.exec(reason)?.[1];
    deepStrictEqual(offers, [`Open ${file}`, 'Train Again']);
    await openText(names);
    await train('mlp-part2');
    await killThread(); // the pictures of the run that has failed stay, and the page says why
    await answering('showErrorMessage', note, async () => {
      await untilState('the page says so', state => state.status === 'failed');
      ok(inspector.isVisible);
      await new Promise(resolve => setTimeout(resolve, 300));
    });
    strictEqual(shown.length, 1, session.state.failure);
  });

  it('takes the sample names that the extension ships', async () => {
    await vscode.commands.executeCommand('makemore.openNames');
    const document = vscode.window.activeTextEditor?.document;
    strictEqual(document?.uri.toString(), 'makemore:/names.txt');
    ok(document.lineCount > 30_000);
    await train('mlp-part2');
    const { info } = (await makemore()).session.state;
    ok(info && info.names > 30_000);
  });

  it('trains on again after the tab of the sample names was closed, without a word', async () => {
    await vscode.commands.executeCommand('makemore.openNames');
    await train('mlp-part2');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('makemore.restart', {});
    await untilState('the second run trains', ({ status, step }) => status === 'running' && step > 0);
    await new Promise(resolve => setTimeout(resolve, 1000)); // more than it takes to compare the texts
    strictEqual((await makemore()).session.state.sourceChanged, false);
  });
});

describe('the worker thread', () => {
  afterEach(closeAll);

  it('can be replaced after it has died, which is shown as a failure', async () => {
    await openText(names);
    await train('mlp-part2');
    const { session } = await makemore();
    await killThread();
    const { failure, losses } = await untilState('the death is noticed', state => state.status === 'failed');
    match(failure ?? '', /^The training thread died .* train again/);
    ok(losses.length > 0, 'the last pictures stay');
    session.restart({}, options('tfjs-wasm'));
    await untilState('it trains again', state => state.status === 'running' && state.step > 0);
  });
});
