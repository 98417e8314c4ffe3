// A sweep, from its questions to the comparison of its runs.
import assert from 'node:assert/strict';
import { openPresets } from './steps/inspector.mjs';

export const title =
  'a sweep tells what it comes to, lists its runs below it, stars the best, and ends with the comparison';

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, pickQuickItem, quickInput, quickItems, treeItem, webviewFrame, screenshot } = world;
  const input = page.locator('.quick-input-widget');
  await openPresets(world, 'Makemore: Sweep Hyperparameters…');
  await pickQuickItem(page, 'mlp-part2');
  await input.getByText('Sweep MLP (2/3)').waitFor();
  const [first] = await quickItems(page);
  assert.match(first, /^learning rate/);
  const check = label => input.locator('.monaco-list-row').filter({ hasText: label }).first().click();
  await check('learning rate');
  await check('context length');
  await check('embedding');
  await page.waitForTimeout(300);
  const chosen = input.locator('.monaco-list-row input:checked, .monaco-list-row [aria-checked=true]');
  assert.equal(await chosen.count(), 2);
  await screenshot('names');
  await page.keyboard.press('Enter');

  await input.getByText('Values of learning rate (3/4)').waitFor();
  await page.keyboard.type('0,05');
  await input.getByText(/^3 runs(, about .*)?: 0\.1, 0 and 5$/).waitFor();
  await page.locator('.editor-instance .view-lines').first().click(); // which leaves it open
  await screenshot('values');
  await input.getByRole('button', { name: 'Back' }).click();

  await input.getByText('Sweep MLP (2/4)').waitFor();
  await chosen.nth(1).waitFor(); // what was chosen still is
  await check('learning rate');
  await check('context length');
  await quickInput(page).fill('max_steps'); // the list is too long to show it
  await check('steps (max_steps)');
  await page.keyboard.press('Enter');
  await input.getByText('Values of steps (max_steps) (3/3)').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('200; 2000');
  await input.getByText(/^2 runs(, about .*)?: 200 and 2000$/).waitFor();
  await page.keyboard.press('Enter');

  await treeItem(page, /Sweep: MLP on names\.txt.*best dev/).waitFor({ timeout: 60_000 });
  const inspector = webviewFrame(page);
  await inspector
    .locator('#compare')
    .getByText(/max_steps 2000/)
    .first()
    .waitFor({ timeout: 60_000 });
  const best = page.getByRole('treeitem').filter({ has: page.locator('.codicon-star-full') });
  await best.filter({ hasText: /^max_steps 2000dev/ }).waitFor();
  await screenshot('end');
}
