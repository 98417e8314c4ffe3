import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { MakemoreApi } from '../../../src/host/extension';
import { figure } from './figures';

interface Manifest {
  readonly capabilities: { readonly virtualWorkspaces: boolean; readonly untrustedWorkspaces: { supported: boolean } };
  readonly contributes: { readonly commands: { command: string; category: string }[] };
}

describe('activation', () => {
  it('is quick, since TensorFlow.js waits for a worker', async () => {
    const extension = vscode.extensions.getExtension<MakemoreApi>('makemore.makemore');
    ok(extension);
    ok(!extension.isActive, 'nothing has asked for it yet');
    const { activationMilliseconds } = await extension.activate();
    figure(
      `activation: activate() ${activationMilliseconds.toFixed(1)} ms, loading ${loading(extension).toFixed(1)} ms`,
    );
  });

  it('registers every command that the manifest declares, all of one category', async () => {
    const { contributes } = vscode.extensions.getExtension('makemore.makemore')?.packageJSON as Manifest;
    // What begins with the id of a view is VS Code's own: to focus it, to move it.
    const registered = (await vscode.commands.getCommands(true)).filter(command =>
      /^makemore\.(?!runs\.)/.test(command),
    );
    deepStrictEqual(contributes.commands.map(({ command }) => command).toSorted(), registered.toSorted());
    for (const { category } of contributes.commands) strictEqual(category, 'Makemore');
  });

  it('is allowed in folders that are not trusted and in virtual ones', () => {
    const { capabilities } = vscode.extensions.getExtension('makemore.makemore')?.packageJSON as Manifest;
    strictEqual(capabilities.virtualWorkspaces, true);
    strictEqual(capabilities.untrustedWorkspaces.supported, true);
  });
});

/** Milliseconds to read, compile and run the bundle anew, as at its first activation: the median of five. */
function loading({ extensionPath }: vscode.Extension<unknown>): number {
  const file = join(extensionPath, 'dist', 'extension.js');
  const load = createRequire(file);
  const times = Array.from({ length: 5 }, () => {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the cache of Node's own modules is such an object
    delete load.cache[file];
    const start = performance.now();
    load(file);
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[2];
}
