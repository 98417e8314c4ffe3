// The list of runs without a mouse.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { openPresets, trainOn } from './steps/inspector.mjs';
import { runsFolder } from './steps/kept-runs.mjs';

export const title =
  'the list of runs by keyboard alone: runs are looked at, opened, renamed, pinned, compared, deleted, restored, and moved in the queue';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { answerInputBox, page, pickQuickItem, pressNotificationButton, screenshot, server, webviewFrame } = world;
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = text => page.locator('.monaco-list-row.focused').filter({ hasText: text }).waitFor();
  const row = text => page.getByRole('treeitem').filter({ hasText: text });
  fs.rmSync(runsFolder(server), { recursive: true, force: true }); // what the scenarios before have left

  await trainOn(world, 'bigram-counts');
  await trainOn(world, 'mlp-five-words');
  const inspector = webviewFrame(page);
  await inspector.locator('.run-bar[data-status="finished"]').waitFor();
  await focusOnRuns(world);
  await row('Bigram counts on').waitFor();

  await press('Home', 'ArrowDown');
  await focused('Bigram counts on');
  await press('Space');
  await inspector.getByText('Looking at Bigram counts on names.txt').waitFor();
  await focused('Bigram counts on');
  await press('Enter');
  await inspector.getByText('Looking at Bigram counts on names.txt').waitFor({ state: 'hidden' });
  await inspector.getByRole('heading', { name: 'Bigram counts', exact: true }).waitFor();

  await press('F2');
  await answerInputBox(page, 'mine');
  await focused('mine'); // nobody has to look for the place again
  await chooseFromMenu(world, 'Pin');
  await row('mine')
    .and(page.getByRole('treeitem', { name: /pinned/ }))
    .waitFor();
  await focused('mine');

  await press('Home', 'Shift+ArrowDown');
  await chooseFromMenu(world, 'Compare');
  const compared = inspector.locator('#compare');
  await compared.getByText('mine').first().waitFor();
  await compared.getByText('MLP on five words').first().waitFor();
  await screenshot('compared');

  await press('Escape', 'Home'); // what was selected no longer is
  await focused('mine');
  await press('Delete');
  await row('mine').waitFor({ state: 'detached' });
  await world.notification(page, '"mine" was deleted.');
  await press('Control+Z');
  await row('mine').waitFor();

  await trainOn(world, 'deep-part3-batchnorm'); // it takes minutes
  for (const preset of ['trigram-counts', 'bigram-net']) {
    await openPresets(world);
    await pickQuickItem(page, preset);
    await pressNotificationButton(page, /is training on/, 'Add to the Queue');
  }
  await focusOnRuns(world);
  await row('Bigram net on').waitFor();
  assert.deepEqual(await waiting(world), ['Trigram counts', 'Bigram net']);
  await press('Home', 'Alt+ArrowDown');
  await row(/^Bigram net/)
    .first()
    .waitFor();
  await ordered(world, ['Bigram net', 'Trigram counts']);
  await focused('Trigram counts'); // the focus goes along
  await press('Alt+ArrowUp');
  await ordered(world, ['Trigram counts', 'Bigram net']);
  await screenshot('queue');
  await press('Delete');
  await ordered(world, ['Bigram net']);

  await press('Home');
  for (
    let i = 0;
    i < 5 && (await page.locator('.monaco-list-row.focused').filter({ hasText: 'Deep' }).count()) === 0;
    i++
  )
    await press('ArrowDown');
  await focused('Deep MLP');
  await press('Delete');
  await page.locator('.monaco-dialog-box').filter({ hasText: 'Stop it and delete it?' }).waitFor();
  await press('Escape');
  await page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
  await row('Deep MLP').waitFor();
  await press('Delete');
  await page.locator('.monaco-dialog-box').filter({ hasText: 'Stop it and delete it?' }).waitFor();
  await press('Enter');
  await row('Deep MLP').waitFor({ state: 'detached' });
  await screenshot('end');
}

/** By the palette, without a click. What VS Code focuses as the view comes up is not the list, which has no rows yet. */
async function focusOnRuns(world) {
  const { page } = world;
  const list = page.locator('.part.sidebar .monaco-list:focus');
  for (let tries = 0; tries < 3 && (await list.count()) === 0; tries++) {
    await runByKeys(world, 'Makemore: Focus on Runs View');
    await list.waitFor({ timeout: 1500 }).catch(() => {});
  }
  await list.waitFor();
}

async function runByKeys({ fillQuickInput, page, quickInput }, command) {
  await page.keyboard.press('F1');
  await fillQuickInput(page, `>${command}`);
  await page.getByRole('option', { name: command }).first().waitFor();
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden' });
}

/** Opens the context menu of the focused row, and goes down to an item. */
async function chooseFromMenu({ page }, label) {
  await page.keyboard.press('Shift+F10');
  const chosen = page.locator('.monaco-menu .action-item.focused .action-label');
  await page.locator('.monaco-menu').waitFor();
  for (let i = 0; i < 20; i++) {
    if ((await chosen.count()) > 0 && (await chosen.first().textContent()) === label) break;
    await page.keyboard.press('ArrowDown');
  }
  assert.equal(await chosen.first().textContent(), label);
  await page.keyboard.press('Enter');
  await page.locator('.monaco-menu').waitFor({ state: 'hidden' });
}

/** The runs that wait, from top to bottom. */
async function waiting({ page }) {
  const rows = page.getByRole('treeitem').filter({ hasText: 'queued' });
  const found = await rows.evaluateAll(all =>
    all.map(row => ({ top: row.getBoundingClientRect().top, label: row.ariaLabel.replace(/ on names.txt.*/, '') })),
  );
  return found.sort((a, b) => a.top - b.top).map(({ label }) => label);
}

async function ordered(world, expected) {
  let seen;
  for (const end = Date.now() + 5000; Date.now() < end; await world.page.waitForTimeout(50)) {
    seen = await waiting(world);
    if (seen.join() === expected.join()) return;
  }
  assert.deepEqual(seen, expected);
}
