// Runs the scenarios of e2e/ in a real VS Code that has the packaged extension installed, seen by a real Chromium.
// By hand: node test/vscode/e2e.mjs [--restricted] [--long] [part of a scenario's file name]   (after node scripts/package.mjs)
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from './harness/browser.mjs';
import { finish, isMain } from './harness/script.mjs';
import { makeNamesFolder } from './harness/folder.mjs';
import { getVSCode, newest } from './harness/get-vscode.mjs';
import { newPage, recordErrors, recordOutsideRequests } from './harness/page.mjs';
import { inRepository, out, screenshots } from './harness/places.mjs';
import { startServer } from './harness/server.mjs';
import * as workbench from './harness/workbench.mjs';

const scenarioDeadline = 120_000;

/**
 * @typedef {object} Scenario what a module of e2e/ exports
 * @property {string} title
 * @property {boolean} [restricted] run it in Restricted Mode as well
 * @property {boolean} [onlyLong] left out of `npm test`, unless it is named
 * @property {number} [long] part of `npm run test:long` too, where it may take so many milliseconds
 * @property {boolean} [fresh] give it a window of its own instead of the tidied window of the scenario before
 * @property {(world: World) => Promise<void>} run
 */

/**
 * @typedef {typeof workbench & {
 *   page: import('playwright-core').Page,
 *   server: import('./harness/server.mjs').Server,
 *   folder: string, namesFile: string, restricted: boolean, long: boolean,
 *   screenshot: (name: string) => Promise<void>,
 * }} World what a scenario is given: the page and its surroundings, and everything in harness/workbench.mjs
 */

/**
 * @param {object} options
 * @param {string} options.vsix
 * @param {boolean} [options.restricted] in a folder that is not trusted
 * @param {boolean} [options.long] those scenarios that have more to do in `npm run test:long`, each once
 * @param {string} [options.only] a part of the file name of the scenarios to run
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runEndToEnd({ vsix, restricted = false, long = false, only = '' }) {
  const scenarios = (await loadScenarios(only)).filter(
    scenario => (!restricted || scenario.restricted) && (long ? scenario.long : !scenario.onlyLong || only !== ''),
  );
  const server = await startServer(await getVSCode(newest), { vsix: [vsix], trusted: !restricted });
  const browser = await launchBrowser();
  const world = { ...workbench, server, restricted, long };
  let names;
  const counts = { passed: 0, failed: 0 };
  const records = [];
  const prefix = restricted ? 'restricted-' : 'window-';
  removeScreenshots(prefix);

  const openWindow = async () => {
    await world.page?.context().close();
    await server.endExtensionHosts(); // those of a closed window would train on for its grace time, and keep their runs
    world.remove?.();
    Object.assign(world, makeNamesFolder()); // where no window before has left its last pictures
    names = fs.readFileSync(world.namesFile);
    world.page = await newPage(browser, server);
    records.push({ outside: recordOutsideRequests(world.page), errors: recordErrors(world.page) });
    await workbench.openWorkbench(world.page, server, world.folder, world.namesFile);
    if (restricted) await workbench.statusBarItem(world.page, 'Restricted Mode').waitFor();
  };
  const tidyWindow = async () => {
    fs.writeFileSync(world.namesFile, names);
    await workbench.tidy(world.page);
    await workbench.openFile(world.page, path.basename(world.namesFile));
  };

  const attempt = async (title, name, action, deadline = scenarioDeadline) => {
    const started = Date.now();
    world.screenshot = shot => world.page.screenshot({ path: path.join(screenshots, `${prefix}${name}-${shot}.png`) });
    try {
      await withDeadline(action(), deadline);
      counts.passed++;
      console.log(`  ✓ ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      return true;
    } catch (error) {
      counts.failed++;
      console.log(`  ✗ ${title}\n${indented(stripVTControlCharacters(error.stack))}\n${tail(server.log())}`);
      await world.screenshot('FAILED').catch(() => {});
      return false;
    }
  };

  try {
    let usable = false;
    const play = scenario =>
      attempt(
        scenario.title,
        scenario.name,
        async () => {
          await (usable && !scenario.fresh ? tidyWindow() : openWindow());
          await scenario.run(world);
        },
        long ? scenario.long : scenarioDeadline,
      );
    for (const scenario of scenarios) {
      usable = await play(scenario);
      if (usable || long) continue;
      // A machine with other work on it swallows a key now and then; what fails twice is broken. Both tries are printed.
      console.log('    once more, in a new window:');
      usable = await play(scenario);
      if (usable) counts.failed--;
    }
    await attempt('the windows asked nothing of the outside', 'outside', async () => {
      const asked = (await Promise.all(records.map(({ outside }) => outside()))).flat();
      if (asked.length > 0) throw new Error(asked.join('\n'));
    });
    await attempt('the webviews reported no error', 'errors', async () => {
      const errors = records.flatMap(record => record.errors);
      if (errors.length > 0) throw new Error(errors.join('\n'));
    });
  } finally {
    await browser.close();
    await server.stop();
    world.remove?.();
  }
  // the two checks at the end pass by themselves when there was nothing to see
  return scenarios.length > 0 ? counts : { passed: 0, failed: 1 };
}

/** Those of the run before; a picture of an old failure would mislead. */
function removeScreenshots(prefix) {
  fs.mkdirSync(screenshots, { recursive: true });
  for (const file of fs.readdirSync(screenshots)) {
    if (file.startsWith(prefix)) fs.rmSync(path.join(screenshots, file));
  }
}

async function loadScenarios(only) {
  const folder = inRepository('test/vscode/e2e');
  const files = fs.readdirSync(folder).filter(file => file.endsWith('.mjs') && file.includes(only));
  const load = async file => ({
    ...(await import(pathToFileURL(path.join(folder, file)))),
    name: path.parse(file).name,
  });
  return Promise.all(files.sort().map(load));
}

async function withDeadline(promise, deadline) {
  const abort = new AbortController();
  const late = delay(deadline, undefined, { signal: abort.signal }).then(() => {
    throw new Error(`not done after ${deadline / 1000} s`);
  });
  late.catch(() => {});
  await Promise.race([promise, late]).finally(() => abort.abort());
}

function tail(log) {
  const lines = log.split('\n').filter(line => line.trim());
  return indented(['the server said last:', ...lines.slice(-12)].join('\n'));
}

function indented(text) {
  return text.replace(/^/gm, '      ');
}

if (isMain(import.meta.url)) {
  const options = process.argv.slice(2);
  const restricted = options.includes('--restricted');
  const long = options.includes('--long');
  const only = options.find(option => !option.startsWith('--'));
  finish(await runEndToEnd({ vsix: path.join(out, 'makemore.vsix'), restricted, long, only }));
}
