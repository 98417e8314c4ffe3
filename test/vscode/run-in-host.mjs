// Runs the in-host suite inside the extension host of a real VS Code, with this extension under development.
// By hand: node test/vscode/run-in-host.mjs [4.100.3 [part of a title]]   (builds nothing)
import fs from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './harness/browser.mjs';
import { finish, isMain } from './harness/script.mjs';
import { makeNamesFolder } from './harness/folder.mjs';
import { getVSCode, newest } from './harness/get-vscode.mjs';
import { newPage } from './harness/page.mjs';
import { out, repository, screenshots } from './harness/places.mjs';
import { reportResults } from './harness/results.mjs';
import { startServer } from './harness/server.mjs';
import { openWorkbench } from './harness/workbench.mjs';

const deadline = 300_000;

/**
 * Runs out/test/vscode/suite in one VS Code and prints each test.
 * @param {string} release a pinned code-server
 * @param {string} [grep] only tests whose title has this in it
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runInHost(release = newest, grep = '') {
  const resultsFile = path.join(out, `in-host-${release}.json`);
  fs.mkdirSync(out, { recursive: true });
  fs.rmSync(resultsFile, { force: true });

  const vscode = await getVSCode(release);
  const { folder, namesFile, remove } = makeNamesFolder();
  const server = await startServer(vscode, { env: { MAKEMORE_TEST_RESULTS: resultsFile, MAKEMORE_TEST_GREP: grep } });
  const browser = await launchBrowser();
  try {
    const page = await newPage(browser, server, {
      extensions: [repository],
      testsPath: path.join(out, 'test/vscode/suite/index.js'),
    });
    const said = [];
    try {
      await suiteEnds(page, said, () => openWorkbench(page, server, folder, namesFile));
    } catch (error) {
      console.log(`${error.message}\n${said.join('\n')}\n${server.log().slice(-4000)}`);
      await page.screenshot({ path: path.join(screenshots, `in-host-${release}.png`) }).catch(() => {});
    }
    return reportResults(resultsFile, said);
  } finally {
    await browser.close();
    await server.stop();
    remove();
  }
}

/** Resolves when the workbench tells that run() has ended. It calls two functions that it expects of its page. */
async function suiteEnds(page, said, open) {
  await page.exposeFunction('codeAutomationLog', (type, args) => said.push(`${type}: ${args.join(' ')}`));
  let timer;
  try {
    await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`the in-host tests took over ${deadline / 1000} s`)), deadline);
      page.once('crash', () => reject(new Error('the page crashed')));
      page.exposeFunction('codeAutomationExit', resolve).then(open).catch(reject);
    });
  } finally {
    clearTimeout(timer);
  }
}

if (isMain(import.meta.url)) {
  finish(await runInHost(process.argv[2], process.argv[3]));
}
