import { deepStrictEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { stepsFor } from '../../runner/changed.mjs';
import { steps } from '../../runner/steps.mjs';

/** By file: what it imports, as the bundler of the tests has found it. */
const imports = JSON.parse(readFileSync('out/test/imports.json', 'utf8'));

describe('the steps for a change', () => {
  const tests = {
    unit: /^test\/unit\/.*\.test\./,
    contract: /^test\/contract\/.*\.test\./,
    golden: /^test\/golden\/.*\.test\./,
    host: /^test\/vscode\/suite\/.*\.test\./,
  };
  for (const [step, pattern] of Object.entries(tests))
    it(`include ${step} for every file that its tests import`, () => {
      const files = importedBy(Object.keys(imports).filter(file => pattern.test(file)));
      ok(files.length > 20);
      deepStrictEqual(
        files.filter(file => !stepsFor([file]).includes(step)),
        [],
      );
    });

  it('are all of them for a file that the table does not know', () => {
    const all = steps.map(({ id }) => id);
    deepStrictEqual(stepsFor(['README.md', 'somewhere/new.ts']), all);
    deepStrictEqual(stepsFor(['package.json']), all);
  });

  it('are those of every file together', () => {
    deepStrictEqual(stepsFor(['test/contract/cli.test.ts', 'test/panels/checks.mjs']), [
      ...stepsFor([]),
      'contract',
      'golden',
      'panels',
    ]);
  });

  it('exist', () => {
    const ids = new Set(steps.map(({ id }) => id));
    const some = ['src/host/settings.ts', 'webview/main.ts', 'test/vscode/e2e.mjs', 'test/vscode/run-in-host.mjs'];
    deepStrictEqual(
      stepsFor(some).filter(id => !ids.has(id)),
      [],
    );
  });
});

/** These files and all that they import, directly or not, but for packages. */
function importedBy(files) {
  const found = new Set(files);
  for (const file of found)
    for (const { path } of imports[file]?.imports ?? [])
      if (path in imports && !path.startsWith('node_modules/')) found.add(path);
  return [...found];
}
