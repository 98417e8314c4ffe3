import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { exportRun } from '../../../src/host/runs/export-run';
import { presetById } from '../../../src/shared/presets';
import type { StoredRun } from '../../../src/store/run-folder';
import { names, options, workspaceFolder } from './support';

const preset = presetById('bigram-counts');
const stored: StoredRun = {
  record: {
    id: 'a',
    preset,
    options: options('compiled'),
    names: '',
    created: 0,
    source: { name: 'my names.txt', uri: 'file:///my%20names.txt' },
  },
  text: names,
  checkpoint: {
    id: 'a',
    step: 0,
    status: 'finished',
    flavor: 'counting',
    losses: new Float32Array(0),
    evaluations: [],
    model: { step: 0, variables: {}, smoothing: 1 },
  },
};
const files = ['config.json', 'evaluations.csv', 'losses.csv', 'model.safetensors', 'sample.py'];

describe('exporting a run', () => {
  const { showOpenDialog, showWarningMessage, showInformationMessage } = vscode.window;
  const workspace = workspaceFolder();
  const folder = vscode.Uri.joinPath(workspace, 'my-names-bigram-counts');
  const config = vscode.Uri.joinPath(folder, 'config.json');
  const said: string[] = [];

  /** Exports with these answers to the questions where to, and whether to replace files. */
  async function exportInto(chosen: readonly vscode.Uri[] | undefined, answer?: string): Promise<void> {
    said.length = 0;
    const say = (reply?: string) => (message: string) => {
      said.push(message);
      return Promise.resolve(reply);
    };
    Object.assign(vscode.window, {
      showOpenDialog: () => Promise.resolve(chosen),
      showWarningMessage: say(answer),
      showInformationMessage: say(),
    });
    await exportRun(stored);
  }

  afterEach(() => Object.assign(vscode.window, { showOpenDialog, showWarningMessage, showInformationMessage }));
  after(() => vscode.workspace.fs.delete(folder, { recursive: true }));

  it('writes the files into a folder of their own, and nothing if no folder is chosen', async () => {
    await exportInto(undefined);
    deepStrictEqual(said, []);
    await exportInto([workspace]);
    const entries = await vscode.workspace.fs.readDirectory(folder);
    deepStrictEqual(entries.map(([name]) => name).sort(), files);
    strictEqual(said.length, 1);
    match(said.join(), /exported to my-names-bigram-counts\. There, python sample\.py draws names/);
  });

  it('asks before it replaces files', async () => {
    const edited = new TextEncoder().encode('{}');
    await vscode.workspace.fs.writeFile(config, edited);
    await exportInto([workspace]);
    match(said.join(), /already holds model\.safetensors, config\.json, sample\.py, .*Replace them\?/);
    deepStrictEqual(new Uint8Array(await vscode.workspace.fs.readFile(config)), edited);
    await exportInto([workspace], 'Replace');
    match(new TextDecoder().decode(await vscode.workspace.fs.readFile(config)), /"bigram-counts"/);
  });
});
