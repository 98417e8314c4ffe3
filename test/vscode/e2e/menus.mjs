// The context menus of the explorer and the editor; a second training asks first.
import assert from 'node:assert/strict';
import { trainOn, trainsOn } from './steps/inspector.mjs';

export const title = 'context menus; a second training offers to stop the first; copying and opening the names';
export const restricted = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const {
    page,
    contextMenuItems,
    editorLines,
    openContextMenuItem,
    pickQuickItem,
    pressNotificationButton,
    quickItems,
  } = world;
  const { runCommand, tab, treeItem, webviewFrame, screenshot } = world;
  const editor = page.locator('.editor-instance .view-lines').first();

  const inspector = await trainOn(world, 'mlp-part2');
  await trainsOn(inspector); // the menus know of the model by then
  await openContextMenuItem(page, editor, 'Makemore', 'Sample Names');
  await inspector.getByText(/20 names: /).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.closest('.monaco-editor') !== null), 'the focus stays');
  const items = await contextMenuItems(page, inspector.getByRole('list', { name: 'Sampled names' }));
  assert.deepEqual(
    items.filter(label => /Sampled/.test(label)),

    ['Copy Sampled Names', 'Open Sampled Names in an Editor'],
  );

  await openContextMenuItem(page, treeItem(page, 'names.txt'), 'Makemore', 'Train on This File');
  await pickQuickItem(page, 'mlp-five-words');
  await pressNotificationButton(page, /MLP is training on names\.txt/, 'Cancel');
  await inspector.locator('[data-status="running"]').waitFor();

  await openContextMenuItem(page, editor, 'Makemore', 'Train on This File');
  const [first] = await quickItems(page);
  assert.match(first, /mlp-five-words/, 'the one used last stands on top');
  await pickQuickItem(page, 'mlp-five-words');
  await screenshot('second');
  await pressNotificationButton(page, /Stop it and start a new run/, 'Stop and Start');
  await inspector.getByRole('heading', { name: 'MLP on five words' }).waitFor();
  await webviewFrame(page).locator('.run-bar[data-status="finished"]').waitFor();

  await runCommand(page, 'Makemore: Sample Names');
  await inspector.getByText(/20 names: /).waitFor();
  const names = await inspector.locator('.samples .characters').allTextContents();
  await inspector.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('names copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual(copied.trimEnd().split('\n'), names);
  await inspector.getByRole('button', { name: 'Open as document' }).click();
  await tab(page, /Untitled-1/).waitFor();
  assert.deepEqual((await editorLines(page)).slice(0, 5), names.slice(0, 5));
}
