// The window is reloaded while something trains, and after it was stopped: the last pictures come back, the model does not.
import assert from 'node:assert/strict';
import { accessibilityViolations } from './steps/accessibility.mjs';
import { drawn, shownStep, trainOn, trainsOn } from './steps/inspector.mjs';

export const title = 'after a reload of the window the last pictures are there, and the same trains again';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, reloadWindow, runCommand, setTheme, inspectorTabs, webviewFrame, webviewIsNoted, screenshot } = world;
  await page.setViewportSize({ width: 1400, height: 1000 });
  let inspector = await trainOn(world, 'mlp-part2');
  await page.waitForTimeout(4000); // something to see, which is written every two seconds
  const seen = await shownStep(inspector);

  await webviewIsNoted(page, 'mainThreadWebview-makemore.inspector');
  await reloadWindow(page);
  inspector = webviewFrame(page);
  await inspector.getByText(/^Stopped by the reload at step [\d,]+: these are its last pictures/).waitFor();
  assert.ok((await shownStep(inspector)) > seen / 4, 'the pictures are recent');
  for (const panel of ['loss', 'bigrams']) await drawn(inspector, panel);
  assert.ok(await inspector.getByRole('button', { name: /^Pause/ }).isDisabled());
  for (const theme of ['Default Light Modern', 'Default Dark Modern']) {
    await setTheme(page, theme);
    await page.waitForTimeout(400);
    await screenshot(theme.replaceAll(' ', '-').toLowerCase());
  }
  assert.deepEqual(await accessibilityViolations(inspector), []);

  await inspector.getByRole('button', { name: 'Train Again' }).click();
  await inspector.locator('.run-bar[data-status="running"]').waitFor();
  await trainsOn(inspector);
  await inspector.getByRole('button', { name: /^Stop/ }).click();
  await inspector.locator('.run-bar[data-status="stopped"]').waitFor();
  const step = await shownStep(inspector);

  // Without a tab that comes back by itself, the command shows them.
  await inspectorTabs(page).getByRole('button', { name: /Close/ }).click();
  await reloadWindow(page);
  await runCommand(page, 'Makemore: Show Inspector');
  inspector = webviewFrame(page);
  const at = step.toLocaleString('en-US');
  await inspector.getByText(`Stopped at step ${at}, before the reload: these are its last pictures`).waitFor();
  await drawn(inspector, 'loss');
}
