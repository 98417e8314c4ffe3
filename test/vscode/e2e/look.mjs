// A run in the list is looked at while another one trains.
import assert from 'node:assert/strict';
import { trainOn } from './steps/inspector.mjs';

export const title =
  'a click on a run shows what is kept of it while another one trains; a double click offers to open it';

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, pressNotificationButton, notifications, inspectorTabs, treeItem, screenshot } = world;
  const inspector = await trainOn(world, 'mlp-five-words');
  await inspector.locator('.run-bar[data-status="finished"]').waitFor();
  await inspector.getByRole('button', { name: 'Try MLP', exact: true }).click(); // the next step of a finished run
  await inspector.locator('.run-bar[data-status="running"]').waitFor();
  await page.locator('.activitybar').getByRole('tab', { name: 'Makemore' }).click();
  const row = treeItem(page, 'MLP on five words on names.txt');
  await row.click();
  await inspector.getByText('Looking at MLP on five words on names.txt').waitFor();
  await inspector.locator('.run-bar[data-status="finished"]').waitFor();
  assert.match(await inspectorTabs(page).textContent(), /MLP on five words · (?:.*\/)?names\.txt/);
  assert.deepEqual(await notifications(page), [], 'nobody asks');
  await treeItem(page, /^MLP on names\.txt.*training/).waitFor();
  await page.waitForTimeout(500); // longer than a double click
  await screenshot('kept');
  await inspector.getByText('5 names').first().waitFor();
  const heading = inspector.locator('.run-bar h1');
  await heading.click();
  await page.keyboard.press('F6'); // the run that trains out of sight goes on
  await page.waitForTimeout(500);
  await treeItem(page, /^MLP on names\.txt.*training/).waitFor();

  await inspector.getByRole('button', { name: 'Back to the Run' }).click();
  await inspector.locator('.run-bar[data-status="running"]').waitFor();
  assert.match(await inspectorTabs(page).textContent(), /MLP · (?:.*\/)?names\.txt/);
  await heading.click();
  await page.keyboard.press('F6'); // now it is the one that shows
  await inspector.locator('.run-bar[data-status="paused"]').waitFor();
  await page.keyboard.press('F5');
  await inspector.locator('.run-bar[data-status="running"]').waitFor();

  await row.dblclick();
  await pressNotificationButton(page, /Stop it to open "MLP on five words on names\.txt"\?/, 'Cancel');
  await treeItem(page, /^MLP on names\.txt.*training/).waitFor();
}
