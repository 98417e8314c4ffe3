// What many scenarios begin with.

/**
 * Trains a preset on the file that is open, by the palette, and waits until its model stands.
 * @param {import('../../e2e.mjs').World} world
 * @param {string} preset
 * @returns {Promise<import('playwright-core').FrameLocator>} the document of the inspector
 */
export async function trainOn({ page, pickQuickItem, quickItems, runCommand, webviewFrame }, preset) {
  await runCommand(page, 'Makemore: Train on this file');
  await quickItems(page);
  await pickQuickItem(page, preset);
  const inspector = webviewFrame(page);
  await inspector.locator('.run-bar:is([data-status="running"], [data-status="finished"])').waitFor();
  return inspector;
}

/** The number of steps that the inspector shows. */
export async function shownStep(inspector) {
  const text = await inspector.locator('.run-bar .numbers').textContent();
  return Number(/step\s*([\d,]+)/.exec(text)[1].replaceAll(',', ''));
}
