// The inspector is a page like any other of the editor: its text is found, selected and copied, and Tab goes through it.
import assert from 'node:assert/strict';
import { trainOn } from './steps/inspector.mjs';

export const title =
  'text in the inspector is found with Ctrl+F and copied from its menu; Tab leads through it and out';

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { contextMenuItems, openContextMenuItem, page, screenshot } = world;
  const inspector = await trainOn(world, 'mlp-part2');
  await inspector.getByRole('button', { name: /^Stop/ }).click();
  await inspector.locator('.run-bar[data-status="stopped"]').waitFor();

  const heading = inspector.getByRole('heading', { name: 'MLP', exact: true });
  const menu = await contextMenuItems(page, inspector.locator('#loss h2'));
  assert.deepEqual(menu, ['Save Picture as PNG…']);
  await heading.dblclick();
  await openContextMenuItem(page, heading, 'Copy');
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).trim() === 'MLP');

  await page.keyboard.press('Control+f');
  const find = page.locator('.simple-find-part.visible, .simple-find-part-wrapper.visible').first();
  await find.waitFor();
  await page.keyboard.type('dev loss');
  await screenshot('find');
  await page.keyboard.press('Escape');
  await find.waitFor({ state: 'hidden' });

  // Every stop is another one, until the focus leaves the page.
  const stops = new Set();
  await inspector.getByRole('button', { name: 'Restart…' }).focus();
  for (let i = 0; i < 300; i++) {
    const stop = await inspector.locator('html').evaluate(({ ownerDocument }) => {
      const all = [...ownerDocument.querySelectorAll('*')];
      return ownerDocument.hasFocus() ? all.indexOf(ownerDocument.activeElement) : -1;
    });
    if (stop < 0 || stops.has(stop)) break;
    stops.add(stop);
    await page.keyboard.press('Tab');
  }
  assert.ok(stops.size > 20 && stops.size < 300, `${stops.size} stops`);
}
