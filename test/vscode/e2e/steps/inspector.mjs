// What many scenarios begin with.

/** @typedef {import('../../e2e.mjs').World} World */

/**
 * Runs Train, or another command that asks for a preset, from the palette and waits for the presets. On a slow machine the
 * workbench is at times still moving the focus to an editor that has just been opened, and then swallows the first command
 * of the palette; so there is a second try.
 * @param {World} world
 * @returns {Promise<string[]>} the labels of the presets
 */
export async function openPresets({ page, quickItems, runCommand }, command = 'Makemore: Train on This File') {
  const picker = page.locator('.quick-input-widget:visible').filter({ hasText: /a model on/ });
  await runCommand(page, command);
  try {
    await picker.waitFor({ timeout: 5000 });
  } catch {
    await runCommand(page, command);
    await picker.waitFor();
  }
  return quickItems(page);
}

/**
 * Trains a preset on the file that is open, by the palette, and waits until its model stands.
 * @param {World} world
 * @param {string} preset
 * @returns {Promise<import('playwright-core').FrameLocator>} the document of the inspector
 */
export async function trainOn(world, preset) {
  const { page, pickQuickItem, webviewFrame } = world;
  await openPresets(world);
  await pickQuickItem(page, preset);
  const inspector = webviewFrame(page);
  await inspector.locator('.run-bar:is([data-status="running"], [data-status="finished"])').waitFor();
  return inspector;
}

/** Opens a file that has just been written: the list of files that are opened by name may not have it yet. */
export async function openFromExplorer({ page, runCommand, tab, treeItem }, file) {
  await runCommand(page, 'View: Show Explorer');
  await runCommand(page, 'Refresh Explorer'); // a window that has just opened does not watch its folder yet
  await treeItem(page, file).dblclick();
  await tab(page, file).waitFor();
}

/** The number of steps that the inspector shows. */
export async function shownStep(inspector) {
  const text = await inspector.locator('.run-bar .numbers').textContent();
  return Number(/step\s*([\d,]+)/.exec(text)[1].replaceAll(',', ''));
}

/** Waits until the inspector has shown another step. */
export async function trainsOn(inspector) {
  const step = await shownStep(inspector);
  const numbers = inspector.locator('.run-bar .numbers');
  await numbers.getByText(`${step.toLocaleString('en-US')} /`).waitFor({ state: 'hidden' });
}

/** Waits until the first canvas of a panel shows anything. */
export async function drawn(inspector, panel) {
  const canvas = inspector.locator(`#${panel} canvas`).first();
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    if (await canvas.evaluate(showsAnything)) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`the first canvas of ${panel} stays empty`);
}

function showsAnything(canvas) {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  return data.some(value => value > 0);
}
