// npm run test:desktop: the in-host suite in a desktop VS Code, which @vscode/test-electron downloads. It needs the
// network beyond the npm registry and a display (xvfb-run -a npm run test:desktop without one).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { ensureInstalled } from '../../scripts/install.mjs';
import { makeNamesFolder } from './harness/folder.mjs';
import { inRepository, out, repository } from './harness/places.mjs';

ensureInstalled();
const { buildTests } = await import('../build.mjs');
const { runTests } = await import('@vscode/test-electron');

const build = spawnSync(process.execPath, [inRepository('esbuild.js')], { cwd: repository, stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
await buildTests();

const { folder, namesFile, remove } = makeNamesFolder();
try {
  process.exitCode = await runTests({
    version: process.env.VSCODE_VERSION ?? 'stable',
    extensionDevelopmentPath: fileURLToPath(new URL('../..', import.meta.url)),
    extensionTestsPath: path.join(out, 'test/vscode/suite/index.js'),
    launchArgs: [folder, namesFile, '--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  remove();
}
