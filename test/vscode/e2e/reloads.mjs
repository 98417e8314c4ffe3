// The window is reloaded again and again while something trains and the machine is busy: VS Code revives the tab late then.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { shownStep, trainOn, trainsOn } from './steps/inspector.mjs';
import { checkpointWith, runsFolder } from './steps/kept-runs.mjs';

export const title = 'after each reload of the window, on a busy machine, there is one inspector, and no step is lost';
export const fresh = true;
export const long = 600_000;
export const onlyLong = true; // what keeps the machine busy here would disturb other tests

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { inspectorTabs, page, reloadWindow, server, webviewFrame, webviewIsNoted } = world;
  await page.setViewportSize({ width: 1400, height: 900 });
  fs.rmSync(runsFolder(server), { recursive: true, force: true }); // what the scenarios before have left
  let inspector = await trainOn(world, 'deep-part3-batchnorm'); // it takes minutes
  await webviewIsNoted(page, 'mainThreadWebview-makemore.inspector');
  const burners = os.availableParallelism();
  const busy = Array.from({ length: burners }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  try {
    for (let reload = 1; reload <= (world.long ? 20 : 3); reload++) {
      await trainsOn(inspector);
      const before = await shownStep(inspector);
      await reloadWindow(page);
      inspector = webviewFrame(page);
      const told = inspector.getByText(/^Stopped by the reload at step [\d,]+: these are its last pictures/);
      await told.waitFor({ timeout: 60_000 });
      const { step, losses } = await checkpointWith(server, `past ${before}`, kept => kept.step >= before);
      assert.equal(await told.textContent(), lastPicturesOf(step));
      assert.equal(losses.length, step);
      await page.waitForTimeout(3000); // whatever comes late has come
      assert.equal(await inspectorTabs(page).count(), 1);
      assert.ok((await shownStep(inspector)) === step, `reload ${reload}: the inspector shows the last step`);
      await inspector.getByRole('button', { name: 'Resume', exact: true }).last().click();
      await inspector.locator('.run-bar[data-status="running"]').waitFor({ timeout: 60_000 });
    }
  } finally {
    for (const burner of busy) burner.kill('SIGKILL');
  }
}

/** What is told where not one step was lost. */
function lastPicturesOf(step) {
  return `Stopped by the reload at step ${step.toLocaleString('en-US')}: these are its last pictures.`;
}
