// Takes the picture of README anew, into media/inspector.png: node test/vscode/e2e.mjs readme-picture
import fs from 'node:fs';
import path from 'node:path';
import { inRepository } from '../harness/places.mjs';
import { drawn, trainOn } from './steps/inspector.mjs';

export const title = 'the picture of README is taken: the list of runs, a file of names, and the inspector';
export const onlyLong = true;
export const fresh = true;

/** In CSS pixels: so wide that the inspector has two columns. */
const size = { width: 1560, height: 1040 };
const runsWidth = 270;
const editorWidth = 180;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { namesFile, page, pickQuickItem, runCommand, treeItem } = world;
  await page.setViewportSize(size);
  fs.copyFileSync(inRepository('media/names.txt'), namesFile); // all of them
  await runCommand(page, 'File: Revert File');
  await runCommand(page, 'Preferences: Color Theme');
  await pickQuickItem(page, 'Dark Modern');
  await page.locator('.activitybar').getByRole('tab', { name: 'Makemore' }).click();
  for (const preset of ['bigram-counts', 'mlp-five-words']) {
    const inspector = await trainOn(world, preset);
    await inspector.locator('.run-bar[data-status="finished"]').waitFor();
  }
  const inspector = await trainOn(world, 'mlp-part3-batchnorm');
  await drag(page, page.locator('.part.sidebar'), runsWidth);
  await drag(page, page.locator('.editor-group-container').first(), editorWidth);
  await treeItem(page, /training/).waitFor();
  await drawn(inspector, 'loss');
  for (const panel of ['saturation', 'embedding']) await fold(inspector, panel);
  await inspector.getByText(/^1[2-9]\d,\d{3} \/ 200,000/).waitFor({ timeout: 90_000 });
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page.mouse.move(size.width - 4, size.height - 4);
  await drawn(inspector, 'bigrams');
  await page.screenshot({ path: path.join(inRepository('media'), 'inspector.png') });
  await runCommand(page, 'Makemore: Stop Training');
}

/** Gives a part of the workbench another width, by its right edge. */
async function drag(page, part, width) {
  const { x, y, width: before, height } = await part.boundingBox();
  await page.mouse.move(x + before, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width, y + height / 2, { steps: 10 });
  await page.mouse.up();
}

/** The bigrams come into sight. */
async function fold(inspector, panel) {
  const heading = inspector.locator(`#${panel}-heading button`);
  if ((await heading.getAttribute('aria-expanded')) === 'true') await heading.click();
}
