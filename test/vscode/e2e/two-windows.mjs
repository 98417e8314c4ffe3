// Two windows on the same runs: one of them writes a run, the other one looks on until it is its turn.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { newPage, recordErrors } from '../harness/page.mjs';
import { shownStep, trainOn, trainsOn } from './steps/inspector.mjs';
import { checkpointWith, picturesSince, runsFolder } from './steps/kept-runs.mjs';

export const title = 'two windows: a run belongs to one of them, and to the other one when that is killed or closed';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { contextMenuItems, folder, namesFile, openContextMenuItem, openWorkbench, page } = world;
  const { runCommand, server, treeItem, webviewFrame } = world;
  fs.rmSync(runsFolder(server), { recursive: true, force: true }); // what the scenarios before have left
  await page.setViewportSize({ width: 1400, height: 900 });
  await runCommand(page, 'Makemore: Focus on Runs View');
  const started = Date.now();
  await trainOn(world, 'deep-part3-batchnorm'); // it takes minutes
  const host = server.extensionHosts().at(-1);
  const { id } = await checkpointWith(server, 'there', ({ step }) => step > 0);

  const other = await newPage(page.context().browser(), server);
  const errors = recordErrors(other);
  try {
    await other.setViewportSize({ width: 1400, height: 900 });
    await openWorkbench(other, server, folder, namesFile);
    await runCommand(other, 'Makemore: Focus on Runs View');
    await looksOn(other);

    await picturesSince(server, started);
    await other.waitForTimeout(2500); // a window takes what one that dies has left for so long after it was opened
    process.kill(host, 'SIGKILL');
    await resumes(other);
    // The first window has a new extension host, and looks on in its turn.
    await looksOn(page);
    await webviewFrame(page)
      .getByText(/^Stopped by the reload at step/)
      .waitFor();
  } finally {
    await other.context().close();
  }
  assert.deepEqual(errors, []);
  await resumes(page);

  function rowIn(window) {
    return treeItem(window, 'Deep MLP with batch normalization on names.txt');
  }

  async function looksOn(window) {
    const row = rowIn(window).filter({ hasText: /training · in another window/ });
    await row.waitFor({ timeout: 40_000 });
    const items = await contextMenuItems(window, row);
    for (const label of ['Resume Run', 'Delete']) assert.ok(!items.includes(label), items.join());
  }

  /** Goes on with the run in a window; whatever was written before is still there. */
  async function resumes(window) {
    const row = rowIn(window);
    await row.filter({ hasText: 'interrupted' }).waitFor({ timeout: 40_000 });
    const kept = await checkpointWith(server, 'there', run => run.id === id);
    assert.equal(kept.losses.length, kept.step);
    await openContextMenuItem(window, row, 'Resume Run');
    const inspector = webviewFrame(window);
    await inspector.locator('.run-bar[data-status="running"]').waitFor();
    await trainsOn(inspector);
    // The losses so far come in before the step is that of the checkpoint.
    for (const end = Date.now() + 20_000; (await shownStep(inspector)) < kept.step;)
      assert.ok(Date.now() < end, `the inspector shows no step from ${kept.step} on`);
    const later = await checkpointWith(server, `past ${kept.step}`, run => run.id === id && run.step > kept.step);
    assert.deepEqual(later.losses.subarray(0, kept.step), kept.losses);
    assert.equal(later.losses.length, later.step);
  }
}
