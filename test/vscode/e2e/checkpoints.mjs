// Runs that last: the view of them, a reload, going on, deleting and undoing that.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { shownStep, trainOn, trainsOn } from './steps/inspector.mjs';
import { checkpointWith, keptRuns, runsFolder } from './steps/kept-runs.mjs';

export const title = 'the view of runs: a run goes on after a reload, is renamed, deleted and restored';
export const restricted = true;
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { answerInputBox, openContextMenuItem, page, pressDialogButton, pressNotificationButton } = world;
  const { reloadWindow, runCommand, screenshot, server, setTheme, treeItem, webviewFrame } = world;
  await page.setViewportSize({ width: 1400, height: 900 });
  fs.rmSync(runsFolder(server), { recursive: true, force: true }); // what the scenarios before have left
  await runCommand(page, 'Makemore: Focus on Runs View');
  await page.getByText('in three steps').waitFor();
  await screenshot('empty');

  await trainOn(world, 'deep-part3-batchnorm'); // it takes minutes
  const row = treeItem(page, 'Deep MLP with batch normalization on names.txt');
  await row.filter({ hasText: /dev \d\.\d{4} · training · step [\d,]+/ }).waitFor();
  await checkpointWith(server, 'there', ({ step }) => step > 0);

  await reloadWindow(page);
  await row.filter({ hasText: 'interrupted' }).waitFor({ timeout: 30_000 });
  const [{ step: kept }] = keptRuns(server);
  await runCommand(page, 'Makemore: Show Inspector'); // its tab comes back if VS Code had noted it
  const inspector = webviewFrame(page);
  const told = inspector.getByText(/^Stopped by the reload at step [\d,]+: these are its last pictures/);
  await told.waitFor();
  assert.equal(goesOnFrom(await told.textContent()), kept);
  for (const theme of ['Default Light Modern', 'Default Dark Modern']) {
    await setTheme(page, theme);
    await row.hover();
    await page.waitForTimeout(1500); // for the tooltip
    await screenshot(`interrupted-${theme.replaceAll(' ', '-').toLowerCase()}`);
  }
  await openContextMenuItem(page, row, 'Resume Run');
  await inspector.locator('.run-bar[data-status="running"]').waitFor();
  assert.ok((await shownStep(inspector)) >= kept);
  await trainsOn(inspector);
  await row.filter({ hasText: 'training' }).waitFor();
  await checkpointWith(server, 'written since', ({ step }) => step > kept);

  await row.click();
  await page.waitForTimeout(1000); // the inspector comes to the front
  await page.keyboard.press('F2');
  await answerInputBox(page, 'mine');
  const renamed = treeItem(page, 'mine');
  await renamed.waitFor();
  await renamed.click();
  await page.waitForTimeout(1000);
  await page.keyboard.press('Delete');
  await pressDialogButton(page, 'Stop and Delete');
  await renamed.waitFor({ state: 'detached' });
  await screenshot('deleted');
  await pressNotificationButton(page, '"mine" was deleted.', 'Undo');
  await renamed.filter({ hasText: 'interrupted' }).waitFor();
  await openContextMenuItem(page, renamed, 'Compare');
  await inspector.getByRole('heading', { name: /^Compare/ }).waitFor();
  await screenshot('compared');
  await runCommand(page, 'View: Show Explorer');
}

/** The step from which a run goes on, as the notice tells it: that of the stop, unless it says otherwise. */
function goesOnFrom(notice) {
  const step = /from its checkpoint at step ([\d,]+)/.exec(notice) ?? /at step ([\d,]+)/.exec(notice);
  return Number(step[1].replaceAll(',', ''));
}
