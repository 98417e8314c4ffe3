import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { figure } from './figures';
import { closeAll, makemore, names, openText, options, stopTraining, train, until, untilState } from './support';

describe('training', () => {
  afterEach(closeAll);

  it('starts on an untitled document, beside it, and leaves the focus in the editor', async () => {
    const document = await openText(names);
    const milliseconds = await train('mlp-part2');
    figure(`from Enter to the first loss: ${milliseconds.toFixed(0)} ms`);
    const { session } = await makemore();
    strictEqual(session.state.preset?.id, 'mlp-part2');
    strictEqual(session.state.info?.names, 12);
    strictEqual(vscode.window.activeTextEditor?.document, document);
    const panel = await inspectorTab();
    strictEqual(panel.group.viewColumn, vscode.ViewColumn.Two);
  });

  it('is paused, stepped, resumed and stopped by commands', async () => {
    await openText(names);
    await train('mlp-part2');
    await vscode.commands.executeCommand('makemore.pause');
    const { step } = await untilState('it is paused', state => state.status === 'paused');
    await vscode.commands.executeCommand('makemore.step');
    await untilState('one step more is made', state => state.step === step + 1 && state.status === 'paused');
    await vscode.commands.executeCommand('makemore.resume');
    await untilState('it runs on', state => state.status === 'running' && state.step > step + 1);
    await vscode.commands.executeCommand('makemore.stop');
    const stopped = await untilState('it has stopped', state => state.status === 'stopped');
    strictEqual(stopped.losses.length, stopped.step);
  });

  it('goes on when the inspector is closed', async () => {
    await openText(names);
    await train('mlp-part2');
    await vscode.window.tabGroups.close(await inspectorTab());
    const { session } = await makemore();
    const { step } = session.state;
    await untilState('more steps are made', state => state.step > step + 10);
    await vscode.commands.executeCommand('makemore.showInspector');
    await inspectorTab();
  });

  it('takes the text at the start, and says when the document has changed and when it is as before', async () => {
    const document = await openText(names);
    await train('mlp-five-words');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'zoe\n');
    await vscode.workspace.applyEdit(edit);
    await untilState('the change is told', state => state.sourceChanged);
    const { session } = await makemore();
    strictEqual(session.taken.text, names);
    session.restart({}, options('tfjs-wasm'));
    await untilState('the change is told again, since the text is the one taken before', state => state.sourceChanged);
    await vscode.commands.executeCommand('undo');
    await untilState('the change is taken back', state => !state.sourceChanged);
  });

  it('can be stopped before it has started, and the run before comes back', async () => {
    await openText(names);
    await train('mlp-five-words');
    const { session } = await makemore();
    const { step } = await untilState('it has finished', state => state.status === 'finished');
    session.restart({ nHidden: 200 }, options('tfjs-wasm'));
    strictEqual(session.state.status, 'starting');
    session.send({ type: 'stop' });
    strictEqual(session.state.step, step);
    strictEqual(session.state.preset?.hyperparameters.nHidden, 100);
    session.sample({});
    await untilState('its model still draws names', state => state.samples !== undefined);
  });

  it('restarts with other hyperparameters on the same text', async () => {
    await openText(names);
    await train('mlp-part2');
    const { session } = await makemore();
    session.restart({ nHidden: 16 }, options('tfjs-cpu'));
    const { info, preset } = await untilState(
      'the other model trains',
      state => state.info?.engine === 'tfjs-cpu' && state.step > 0,
    );
    strictEqual(preset?.hyperparameters.nHidden, 16);
    deepStrictEqual(info?.parameters.find(({ name }) => name === 'b1')?.shape, [16]);
  });

  it('leaves the event loop of the extension host free', async () => {
    await openText(names);
    await train('mlp-part2');
    const { session } = await makemore();
    const before = session.state.step;
    const delays = monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    await new Promise(resolve => setTimeout(resolve, 4000));
    delays.disable();
    // The histogram counts from one timer to the next: what is over the resolution is delay.
    const over = (nanoseconds: number): string => Math.max(0, nanoseconds / 1e6 - 5).toFixed(1);
    figure(`event loop delay while training: p99 ${over(delays.percentile(99))} ms, max ${over(delays.max)} ms`);
    ok(delays.count > 100);
    figure(`steps in these four seconds: ${session.state.step - before}`);
    await stopTraining();
  });
});

/** The inspector's tab, as soon as it is there: the workbench tells of tabs a moment later. */
async function inspectorTab(): Promise<vscode.Tab> {
  const find = (): vscode.Tab | undefined =>
    vscode.window.tabGroups.all.flatMap(group => group.tabs).find(tab => tab.label === 'Makemore');
  await until('the inspector is there', () => find() !== undefined);
  return find()!;
}
