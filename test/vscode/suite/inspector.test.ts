import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { manifest } from './manifest';
import { closeAll, inspectorTabs, makemore, names, openText, train, until } from './support';

describe('the inspector', () => {
  afterEach(closeAll);

  it('moves into the tab that the previous window left, and closes its own', async () => {
    await openText(names);
    await train('mlp-five-words');
    const { inspector } = await makemore();
    const panel = vscode.window.createWebviewPanel('makemore.inspector', 'Makemore', vscode.ViewColumn.Two);
    await inspector.deserializeWebviewPanel(panel);
    match(panel.webview.html, /<main id="inspector">/);
    match(panel.webview.html, /content="default-src 'none'; .*; base-uri 'none'; form-action 'none'"/);
    strictEqual(panel.webview.options.enableScripts, true);
    await until('the other tab is closed', () => inspectorTabs().length === 1);
  });

  it('has a tab that names the run', async () => {
    await openText(names);
    await train('mlp-five-words');
    await until('it does', () => inspectorTabs().some(({ label }) => /^MLP on five words · Untitled-\d+$/.test(label)));
  });

  it('is declared to be revived after a reload', () => {
    deepStrictEqual(manifest().activationEvents, ['onWebviewPanel:makemore.inspector']);
  });
});
