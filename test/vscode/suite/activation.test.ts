import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { at } from '../../../src/shared/at';
import { figure } from './figures';
import { manifest } from './manifest';
import { extension } from './support';

describe('activation', () => {
  it('does not happen before the extension is needed', async () => {
    ok(!extension().isActive);
    const { activationMilliseconds } = await extension().activate();
    figure(`activation: activate() ${activationMilliseconds.toFixed(1)} ms, loading ${loading().toFixed(1)} ms`);
  });

  it('registers exactly the commands of the manifest, all in one category', async () => {
    const { contributes } = manifest();
    // VS Code itself registers commands to focus and move a view. They start with its id.
    const registered = (await vscode.commands.getCommands(true)).filter(command =>
      /^makemore\.(?!runs\.)/.test(command),
    );
    deepStrictEqual(contributes.commands.map(({ command }) => command).toSorted(), registered.toSorted());
    for (const { category } of contributes.commands) strictEqual(category, 'Makemore');
  });

  it('is allowed in untrusted and virtual workspaces', () => {
    const { capabilities } = manifest();
    strictEqual(capabilities.virtualWorkspaces, true);
    strictEqual(capabilities.untrustedWorkspaces.supported, 'limited'); // of the folder's settings, see the unit tests
  });
});

/** Milliseconds to read, compile and run the bundle again, as at its first activation: the median of five. */
function loading(): number {
  const file = join(extension().extensionPath, 'dist', 'extension.js');
  const load = createRequire(file);
  const times = Array.from({ length: 5 }, () => {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the cache of Node's own modules is such an object
    delete load.cache[file];
    const start = performance.now();
    load(file);
    return performance.now() - start;
  });
  return at(
    times.toSorted((a, b) => a - b),
    2,
  );
}
