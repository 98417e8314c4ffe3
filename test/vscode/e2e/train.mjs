// The main job: from the palette to a falling loss, in every kind of theme, each looked at by axe-core.
import assert from 'node:assert/strict';
import { accessibilityViolations } from './steps/accessibility.mjs';
import { openPresets } from './steps/inspector.mjs';

export const title = 'training on the sample names from the palette; in four themes, without accessibility violations';
export const restricted = true;
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const {
    acceptQuickInput,
    fillQuickInput,
    page,
    restricted,
    runCommand,
    setTheme,
    statusBarItem,
    themes,
    tidy,
    webviewFrame,
    screenshot,
  } = world;
  await page.setViewportSize({ width: 1600, height: 1060 });
  await tidy(page);
  await runCommand(page, 'Makemore: Open Sample Names');
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  const [first, ...others] = await openPresets(world);
  assert.match(first, /bigram-counts/, 'the first time, Enter takes what nothing is wrong with');
  assert.ok(others.some(label => label.includes('mlp-part2')));
  await screenshot('presets');

  await fillQuickInput(page, 'mlp-part2');
  const start = Date.now();
  await acceptQuickInput(page);
  const inspector = webviewFrame(page);
  await inspector.getByText(/loss, last 100\s*\d+\.\d+/).waitFor();
  console.log(`    measured: from Enter to a loss in the inspector: ${Date.now() - start} ms`);
  await statusBarItem(page, /step [\d,]+ · loss/).waitFor();

  // The focus stays in the editor: typing goes there.
  assert.ok(await page.evaluate(() => document.activeElement.closest('.monaco-editor') !== null));

  await page.waitForTimeout(restricted ? 1000 : 8000); // for a curve worth a picture
  await inspector.getByRole('button', { name: /^20 More/ }).click();
  await inspector.getByText(/20 names: .* new/).waitFor();
  await inspector.locator('main').evaluate(() => window.scrollTo(0, 0));
  // Trust changes nothing about looks: in Restricted Mode one theme is enough.
  for (const theme of Object.keys(themes).slice(0, restricted ? 1 : undefined)) {
    await setTheme(page, theme);
    await page.waitForTimeout(400);
    await screenshot(theme.replaceAll(' ', '-').toLowerCase());
    assert.deepEqual(await accessibilityViolations(inspector), [], `accessibility in ${theme}`);
  }

  if (restricted) return;

  // More width for the inspector: two columns. This is the picture of the README.
  await setTheme(page, 'Default Dark Modern');
  const { x, y } = await page.locator('.editor-group-container').last().boundingBox();
  await page.mouse.move(x, y + 300);
  await page.mouse.down();
  await page.mouse.move(340, y + 300, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(900, y + 130);
  await page.waitForTimeout(600);
  await screenshot('wide');
}
