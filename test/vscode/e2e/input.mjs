// What a person is told: the file has changed, the file cannot be trained on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openPresets, trainOn } from './steps/inspector.mjs';

export const title = 'a file that changes, a file without names, an untitled document, the sample names';
export const restricted = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { acceptQuickInput, page, folder, notification, runCommand, tab, treeItem, screenshot } = world;
  const inspector = await trainOn(world, 'mlp-five-words');
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.type('zoe');
  await inspector.getByText(/names\.txt has changed since the training started/).waitFor();
  await screenshot('changed');

  fs.writeFileSync(path.join(folder, 'nothing.txt'), '\n\n');
  await treeItem(page, 'nothing.txt').dblclick();
  await tab(page, 'nothing.txt').waitFor();
  await openPresets(world);
  await acceptQuickInput(page);
  await notification(page, 'nothing.txt has no names: write one name per line, then train again.');
  await screenshot('nothing');
  await inspector.getByRole('heading', { name: 'MLP on five words' }).waitFor();

  await runCommand(page, 'File: New Untitled Text File');
  await tab(page, 'Untitled-1').waitFor();
  await page.locator('.editor-group-container.active .editor-instance .view-lines').first().click();
  for (const name of ['anna', 'bob', 'hannah']) {
    await page.keyboard.type(name);
    await page.locator('.editor-group-container.active .view-line').getByText(name, { exact: true }).waitFor();
    await page.keyboard.press('Enter');
  }
  const untitled = await trainOn(world, 'bigram-counts');
  await untitled
    .getByText(/3 names|3 of|21 bigrams/)
    .first()
    .waitFor();

  await runCommand(page, 'Makemore: Open Sample Names');
  await page.locator('.tabs-container .tab.active').filter({ hasText: 'names.txt' }).waitFor();
  const last = await trainOn(world, 'bigram-counts');
  await last.getByText(/27 characters, 2\d\d,\d\d\d bigrams/).waitFor();
  assert.equal(await last.getByRole('alert').filter({ hasText: /./, visible: true }).count(), 0);
}
