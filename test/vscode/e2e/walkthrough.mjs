// The walkthrough: its first step opens beside it, and its pictures are whole.
import assert from 'node:assert/strict';

export const title = 'the walkthrough opens the sample names beside itself, and cuts no picture off';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, pickQuickItem, runCommand, screenshot, tab } = world;
  await page.setViewportSize({ width: 1600, height: 900 }); // a narrower walkthrough has no pictures
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'Welcome: Open Walkthrough...');
  await pickQuickItem(page, 'From a File of Names to New Ones');
  const steps = page.locator('.getting-started-step');
  await steps.first().waitFor();
  assert.equal(await steps.count(), 3);
  for (const theme of ['Dark Modern', 'Light Modern']) {
    await chooseTheme(world, theme);
    for (const [i, name] of ['open', 'train', 'sample'].entries()) {
      await steps.nth(i).click();
      const media = page.locator('.getting-started-media iframe.webview.ready').contentFrame();
      const picture = media.locator('iframe#active-frame').contentFrame().locator('svg');
      await picture.waitFor();
      await page.waitForTimeout(500); // VS Code fails where a picture goes while it is still being loaded
      await screenshot(`${name}-${theme.split(' ')[0].toLowerCase()}`);
      const shown = await picture.evaluate(svg => {
        const { left, top, right, bottom } = svg.getBoundingClientRect();
        const { clientWidth, clientHeight } = document.documentElement;
        return left >= 0 && top >= 0 && right <= clientWidth && bottom <= clientHeight;
      });
      assert.ok(shown, `the picture of ${name} is cut off`);
    }
  }
  await steps.first().click();
  await page.getByRole('button', { name: 'Open Sample Names' }).click();
  await tab(page, 'names.txt').waitFor();
  await steps.first().waitFor(); // it still shows
  assert.equal(await page.locator('.editor-group-container').count(), 2);
  await screenshot('beside');
}

async function chooseTheme({ page, runCommand, pickQuickItem }, theme) {
  await runCommand(page, 'Preferences: Color Theme');
  await pickQuickItem(page, theme);
}
