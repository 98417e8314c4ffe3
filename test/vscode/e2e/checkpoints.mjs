// Runs that last: the view of them, a reload, going on, deleting and undoing that.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { shownStep, trainOn } from './steps/inspector.mjs';

export const title = 'the view of runs: a run goes on after a reload, is renamed, deleted and had back';
export const restricted = true;
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { answerInputBox, openContextMenuItem, page, pressNotificationButton, reloadWindow, runCommand } = world;
  const { screenshot, server, setTheme, treeItem, webviewFrame } = world;
  await page.setViewportSize({ width: 1400, height: 900 });
  // What the scenarios before have left.
  const kept = path.join(server.profile, 'data/User/globalStorage/makemore.makemore/runs');
  fs.rmSync(kept, { recursive: true, force: true });
  await runCommand(page, 'Makemore: Focus on Runs View');
  await page.getByText('in three steps').waitFor();
  await screenshot('empty');

  await trainOn(world, 'mlp-part2');
  const row = treeItem(page, 'MLP on names.txt');
  await row.filter({ hasText: /step [\d,]+ · dev \d\.\d{4} · training/ }).waitFor();
  await page.waitForTimeout(2500); // for a checkpoint

  await reloadWindow(page);
  await row.filter({ hasText: 'interrupted' }).waitFor({ timeout: 30_000 });
  for (const theme of ['Default Light Modern', 'Default Dark Modern']) {
    await setTheme(page, theme);
    await row.hover();
    await page.waitForTimeout(1500); // for the tooltip
    await screenshot(`interrupted-${theme.replaceAll(' ', '-').toLowerCase()}`);
  }
  await openContextMenuItem(page, row, 'Resume the run');
  const inspector = webviewFrame(page);
  await inspector.locator('.run-bar[data-status="running"]').waitFor();
  assert.ok((await shownStep(inspector)) > 0);
  await row.filter({ hasText: 'training' }).waitFor();

  await row.click();
  await page.waitForTimeout(1000); // the inspector comes to the front
  await page.keyboard.press('F2');
  await answerInputBox(page, 'mine');
  const renamed = treeItem(page, 'mine');
  await renamed.waitFor();
  await renamed.click();
  await page.waitForTimeout(1000);
  await page.keyboard.press('Delete');
  await renamed.waitFor({ state: 'detached' });
  await screenshot('deleted');
  await pressNotificationButton(page, '"mine" was deleted.', 'Undo');
  await renamed.filter({ hasText: 'interrupted' }).waitFor();
  await openContextMenuItem(page, renamed, 'Compare');
  await inspector.getByRole('heading', { name: /^Compare/ }).waitFor();
  await screenshot('compared');
  await runCommand(page, 'View: Show Explorer');
}
