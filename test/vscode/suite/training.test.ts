import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { figure } from './figures';
import {
  closeAll,
  found,
  inspectorTabs,
  makemore,
  names,
  openText,
  options,
  stopTraining,
  train,
  untilState,
} from './support';

describe('training', () => {
  afterEach(closeAll);

  it('starts on an untitled document, opens the inspector beside it and leaves the focus in the editor', async () => {
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

  it('pauses, steps, resumes and stops by command', async () => {
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

  it('continues while the inspector is closed', async () => {
    await openText(names);
    await train('mlp-part2');
    await vscode.window.tabGroups.close(await inspectorTab());
    const { session } = await makemore();
    const { step } = session.state;
    await untilState('more steps are made', state => state.step > step + 10);
    await vscode.commands.executeCommand('makemore.showInspector');
    await inspectorTab();
  });

  it('uses the text from its start, and notices when the document differs from it and when it is the same again', async () => {
    const document = await openText(names);
    await train('mlp-five-words');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'zoe\n');
    await vscode.workspace.applyEdit(edit);
    await untilState('the change is noticed', state => state.sourceChanged);
    const { session } = await makemore();
    strictEqual(session.taken.text, names);
    session.restart({}, options('tfjs-wasm'));
    await untilState('it is noticed again, since the text is still the old one', state => state.sourceChanged);
    await vscode.commands.executeCommand('undo');
    await untilState('the undo is noticed', state => !state.sourceChanged);
  });

  it('can be stopped while it is starting, and brings the previous run back', async () => {
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
    // The histogram measures from one timer to the next: whatever exceeds the resolution is delay.
    const over = (nanoseconds: number): string => Math.max(0, nanoseconds / 1e6 - 5).toFixed(1);
    figure(`event loop delay while training: p99 ${over(delays.percentile(99))} ms, max ${over(delays.max)} ms`);
    ok(delays.count > 100);
    figure(`steps in these four seconds: ${session.state.step - before}`);
    await stopTraining();
  });
});

describe('training again', () => {
  afterEach(closeAll);

  it('takes the text of the document as it is now', async () => {
    const document = await openText(names);
    await train('mlp-five-words');
    await untilState('it has finished', state => state.status === 'finished');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'zoe\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('makemore.trainAgain');
    const { session } = await makemore();
    strictEqual(session.taken.text, `zoe\n${names}`);
    await untilState('it has finished again', state => state.status === 'finished');
  });
});

/** The inspector's tab. Extensions learn of a tab a moment after it has opened. */
function inspectorTab(): Promise<vscode.Tab> {
  return found('the inspector is there', () => inspectorTabs().at(0));
}
