import { deepStrictEqual, ok } from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { existsSync, readFileSync, statSync } from 'node:fs';

interface Metafile {
  readonly outputs: Record<string, { readonly inputs: Record<string, unknown>; readonly imports: { path: string }[] }>;
}

/** What stands in a bundle, by the bundler's own account of the last build. */
function bundle(meta: string, output: string): { inputs: string[]; imports: string[] } {
  const { outputs } = JSON.parse(readFileSync(`dist/meta/${meta}.json`, 'utf8')) as Metafile;
  const built = outputs[`dist/${output}`];
  ok(built, `dist/${output} was not built`);
  const { inputs, imports } = built;
  return { inputs: Object.keys(inputs), imports: imports.map(({ path }) => path) };
}

describe('the bundles', () => {
  it('extension.js holds no package but the parser of tables, and nothing of the models', () => {
    const { inputs, imports } = bundle('extension', 'extension.js');
    ok(inputs.includes('src/host/extension.ts'));
    deepStrictEqual(
      inputs.filter(
        file =>
          (file.includes('node_modules') && !file.includes('/papaparse/')) ||
          /^src\/(makemore|engine|worker)\//.test(file),
      ),
      [],
    );
    deepStrictEqual(
      imports.filter(name => name !== 'vscode' && !isBuiltin(name)),
      [],
    );
  });

  it('worker.js holds tfjs, and no VS Code', () => {
    const { inputs, imports } = bundle('worker', 'worker.js');
    ok(inputs.some(file => file.includes('@tensorflow/tfjs-core')));
    ok(!imports.includes('vscode'));
  });

  it('webview.js holds Chart.js, and neither tfjs nor anything of Node', () => {
    const { inputs, imports } = bundle('webview', 'webview.js');
    ok(inputs.some(file => file.includes('chart.js')));
    ok(!inputs.some(file => file.includes('@tensorflow')));
    deepStrictEqual(imports, []);
  });

  it('what ships of the webview stays under 600 KB', function () {
    if (existsSync('dist/webview.js.map')) this.skip(); // a build for development
    const [script, styles] = [statSync('dist/webview.js').size, statSync('dist/webview.css').size];
    ok(script + styles < 600_000, `${script} and ${styles} bytes`);
  });
});
