// npm run test:desktop: the in-host suite in a desktop VS Code, which @vscode/test-electron downloads. It needs the
// network beyond the npm registry and a display (xvfb-run -a npm run test:desktop without one).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from '../../scripts/install.mjs';
import { makeNamesFolder } from './harness/folder.mjs';
import { inRepository, out, repository } from './harness/places.mjs';
import { reportResults } from './harness/results.mjs';
import { finish } from './harness/script.mjs';

ensureInstalled();
const { buildTests } = await import('../build.mjs');
const { runTests } = await import('@vscode/test-electron');

const build = spawnSync(process.execPath, [inRepository('esbuild.js')], { cwd: repository, stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
await buildTests();

const resultsFile = path.join(out, 'in-host-desktop.json');
fs.rmSync(resultsFile, { force: true });
const { folder, namesFile, remove } = makeNamesFolder();
const said = [];
try {
  await runTests({
    version: process.env.VSCODE_VERSION ?? 'stable',
    extensionDevelopmentPath: repository,
    extensionTestsPath: path.join(out, 'test/vscode/suite/index.js'),
    extensionTestsEnv: { MAKEMORE_TEST_RESULTS: resultsFile },
    launchArgs: [folder, namesFile, '--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  said.push(error.message);
} finally {
  remove();
}
finish(reportResults(resultsFile, said));
