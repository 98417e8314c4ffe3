// Files as people have them: a table, and a file in another encoding.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { inRepository } from '../harness/places.mjs';
import { openFromExplorer } from './steps/inspector.mjs';

export const title = 'a column of a table, and its rows; a file in another encoding';

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, folder, pickQuickItem, pressDialogButton, quickItems, runCommand, screenshot, webviewFrame } = world;
  const rows = ['Emma,F,18688', 'Noah,M,18000', 'Olivia,F,17921', 'Liam,M,19000'];
  fs.writeFileSync(path.join(folder, 'towns.csv'), ['name,sex,count', ...rows, ''].join('\n'));
  fs.copyFileSync(inRepository('test/data/windows-1252.txt'), path.join(folder, 'latin.txt'));
  await openFromExplorer(world, 'towns.csv');
  await runCommand(page, 'Makemore: Train on This File');
  const picker = text => page.locator('.quick-input-widget:visible').filter({ hasText: text });
  await picker('The Names in towns.csv').waitFor();
  const columns = await quickItems(page);
  assert.match(columns[0], /^The column "name"/);
  assert.match(columns[0], /Emma, Noah, Olivia/);
  assert.match(columns.at(-1), /^Every line as it stands/);
  await screenshot('column');
  await page.keyboard.press('Enter');
  await picker('The Rows of towns.csv').waitFor();
  await screenshot('rows');
  await pickQuickItem(page, 'Only sex = F');
  await picker('The Names of towns.csv (3/4)').waitFor();
  await pickQuickItem(page, 'Weigh names by "count"'); // checks it
  await screenshot('choices');
  await page.keyboard.press('Enter');
  await picker('Train a model on towns.csv (4/4)').waitFor();
  await screenshot('model');
  await page.locator('.quick-input-widget').getByRole('button', { name: 'Back' }).click();
  await picker('The Names of towns.csv (3/4)').waitFor();
  await page.locator('.quick-input-list input:checked, .quick-input-list [aria-checked=true]').first().waitFor();
  await page.keyboard.press('Enter'); // what was checked still is
  await picker('Train a model on towns.csv (4/4)').waitFor();
  await pickQuickItem(page, 'bigram-counts');
  const inspector = webviewFrame(page);
  const about = inspector.locator('#about-heading button');
  if ((await about.getAttribute('aria-expanded')) === 'false') await about.click(); // a scenario before may have opened it
  await inspector.getByText('The names are those of the column "name" where the column "sex" is "F"').waitFor();
  await inspector.getByText('each as often as the column "count" says').waitFor();
  await inspector
    .locator('#about')
    .getByText(/^2 names/)
    .waitFor();
  await screenshot('about');

  await openFromExplorer(world, 'latin.txt');
  await runCommand(page, 'Makemore: Train on This File');
  await page.locator('.monaco-dialog-box').filter({ hasText: 'could not be read' }).waitFor();
  await screenshot('encoding');
  await pressDialogButton(page, 'Reopen with Encoding');
  await pickQuickItem(page, 'Reopen with Encoding');
  await pickQuickItem(page, 'Western (Windows 1252)');
  await page.locator('.editor-group-container.active .view-line').getByText('José').waitFor();
}
