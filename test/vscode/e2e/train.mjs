// The main job: from the palette to a falling loss, in every kind of theme.
import assert from 'node:assert/strict';

export const title = 'training on the open file from the palette, in four themes';
export const restricted = true;
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run({ page, quickItems, runCommand, setTheme, statusBarItem, themes, webviewFrame, screenshot }) {
  await runCommand(page, 'Makemore: Train on this file');
  const [first, ...others] = await quickItems(page);
  assert.match(first, /mlp-part2/, 'the first time, mlp-part2 stands on top');
  assert.ok(others.some(label => label.includes('bigram-counts')));

  const start = Date.now();
  await page.keyboard.press('Enter');
  const inspector = webviewFrame(page);
  await inspector.locator('[data-status="running"]').waitFor();
  await inspector.getByRole('heading', { name: 'Loss' }).waitFor();
  await statusBarItem(page, /step [\d,]+ · loss/).waitFor();
  console.log(`    measured: from Enter to a loss in the status bar and the inspector: ${Date.now() - start} ms`);

  // The focus stays in the editor: typing goes there.
  assert.ok(await page.evaluate(() => document.activeElement.closest('.monaco-editor') !== null));

  await inspector.getByRole('button', { name: 'Sample names' }).click();
  await inspector.getByText(/20 names: .* new/).waitFor();
  await page.waitForTimeout(2500);
  for (const theme of Object.keys(themes)) {
    await setTheme(page, theme);
    await page.waitForTimeout(400);
    await screenshot(theme.replaceAll(' ', '-').toLowerCase());
  }
  await setTheme(page, 'Default Dark Modern');
}
