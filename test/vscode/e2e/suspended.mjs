// An extension host sleeps, as when a lid is closed, and another window takes its run over meanwhile.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { newPage } from '../harness/page.mjs';
import { shownStep, trainOn, trainsOn } from './steps/inspector.mjs';
import { checkpointWith, keptRuns, runsFolder } from './steps/kept-runs.mjs';

export const title =
  'a run that was taken over while its window slept stops as it wakes, and can be kept as one of its own';
export const fresh = true;
export const long = 240_000;
export const onlyLong = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { folder, namesFile, notifications, openContextMenuItem, openWorkbench, page, runCommand } = world;
  const { server, treeItem, webviewFrame } = world;
  fs.rmSync(runsFolder(server), { recursive: true, force: true }); // what the scenarios before have left
  await page.setViewportSize({ width: 1400, height: 900 });
  const inspector = await trainOn(world, 'makemore-transformer'); // it takes minutes
  const host = server.extensionHosts().at(-1);
  const { id } = await checkpointWith(server, 'there', ({ step }) => step > 0);
  const other = await newPage(page.context().browser(), server);
  try {
    await other.setViewportSize({ width: 1400, height: 900 });
    await openWorkbench(other, server, folder, namesFile);
    await runCommand(other, 'Makemore: Focus on Runs View');
    const row = treeItem(other, 'Transformer on names.txt');
    await row.filter({ hasText: 'in another window' }).waitFor({ timeout: 40_000 });

    process.kill(host, 'SIGSTOP');
    const asleep = Date.now();
    try {
      await row.filter({ hasText: 'interrupted' }).waitFor({ timeout: 40_000 });
      await openContextMenuItem(other, row, 'Resume Run');
      await trainsOn(webviewFrame(other));
      if (world.long) await other.waitForTimeout(Math.max(0, asleep + 60_000 - Date.now()));
    } finally {
      process.kill(host, 'SIGCONT');
    }
    await inspector.locator('.run-bar[data-status="stopped"]').waitFor();
    await inspector.getByText('while this one slept: it has stopped here at step').waitFor();
    assert.deepEqual(await notifications(page), [], 'it is told once');
    const step = await shownStep(inspector);
    await world.screenshot('taken-over');
    await inspector.getByRole('button', { name: 'Keep as a Run of Its Own' }).click();
    const own = await checkpointWith(server, 'kept beside it', kept => kept.id !== id && kept.step === step);
    assert.equal(own.losses.length, step);
    await inspector.getByRole('button', { name: 'Keep as a Run of Its Own' }).waitFor({ state: 'hidden' });
    await trainsOn(webviewFrame(other));
    assert.equal(keptRuns(server).length, 2);
  } finally {
    await other.context().close();
  }
}
