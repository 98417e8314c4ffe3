// The controls of the inspector, by button and by key; the inspector closed and opened again.
import assert from 'node:assert/strict';
import { shownStep, trainOn } from './steps/inspector.mjs';

export const title =
  'pause, single step, zoom, resume, stop and restart; closing the inspector does not stop the training';

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, runCommand, statusBarItem, inspectorTabs, webviewFrame, screenshot } = world;
  let inspector = await trainOn(world, 'mlp-part2');
  const status = text => inspector.locator('.run-bar .status').getByText(text, { exact: true }).waitFor();
  const button = name => inspector.getByRole('button', { name });

  await button(/^Pause/).click();
  await status('Paused');
  await statusBarItem(page, /step/).locator('.codicon-debug-pause').waitFor();
  const paused = await shownStep(inspector);
  await button(/^Single Step/).click();
  await inspector.getByText(`${(paused + 1).toLocaleString('en-US')} /`).waitFor();

  // The debugger's keys, while the inspector has the focus.
  await page.keyboard.press('F10');
  await inspector.getByText(`${(paused + 2).toLocaleString('en-US')} /`).waitFor();
  await page.keyboard.press('F5');
  await status('Training');
  await page.keyboard.press('F6');
  await status('Paused');
  await screenshot('paused');

  // A part of the losses: dragged over, moved by the keyboard, and all of them again.
  const chart = inspector.locator('.chart.zoomable');
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await chart.boundingBox();
  await page.mouse.move(x + 0.3 * width, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 0.5 * width, y + height / 2, { steps: 4 });
  await page.mouse.up();
  const part = inspector.getByText(/^Steps [\d,]+ to [\d,]+:/);
  const dragged = await part.textContent();
  await page.keyboard.press('ArrowRight');
  await inspector.getByText(dragged, { exact: true }).waitFor({ state: 'detached' });
  await screenshot('zoomed');
  await page.keyboard.press('Escape');
  await part.waitFor({ state: 'detached' });

  // In the editor the same key does nothing to the training.
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('F10');
  await page.waitForTimeout(500);
  const still = await shownStep(inspector);
  await runCommand(page, 'Makemore: Resume Training');
  await status('Training');

  await inspectorTabs(page).getByRole('button', { name: /Close/ }).click();
  await page.locator('iframe.webview.ready:visible').waitFor({ state: 'detached' });
  await statusBarItem(page, /step [\d,]+ · loss/).click();
  inspector = webviewFrame(page);
  await status('Training');
  assert.ok((await shownStep(inspector)) > still, 'it has trained on meanwhile');

  await runCommand(page, 'Makemore: Restart with Other Hyperparameters');
  const hidden = inspector.getByLabel(/hidden width/);
  await hidden.fill('0');
  await inspector.getByText(/hidden width .* must be a whole number from 1/).waitFor();
  await hidden.fill('64');
  await button(/^Restart with These/).click();
  await inspector.getByText(/W1 30\s?×\s?64/).waitFor();
  await status('Training');

  await button(/^Stop/).click();
  await status('Stopped');
  await inspector
    .getByText(/dev loss/)
    .first()
    .waitFor();
  await statusBarItem(page, /dev \d\.\d{4}/).waitFor();
  await screenshot('stopped');
}
