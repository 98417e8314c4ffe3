// A file that takes its time to be read: how far it is shows from the beginning, and Stop ends it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openFromExplorer } from './steps/inspector.mjs';

export const fresh = true; // after Stop, a run before would come back
export const title = 'a large file says how far its reading is, and Stop ends it';

/** Enough to take seconds anywhere. */
const names = 1_500_000;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, folder, pickQuickItem, runCommand, statusBarItem, webviewFrame } = world;
  const { screenshot } = world;
  const file = path.join(folder, 'large.txt');
  fs.writeFileSync(file, Array.from({ length: names }, (_, i) => nameOf(i)).join('\n'));
  await openFromExplorer(world, 'large.txt');
  await runCommand(page, 'Makemore: Train on This File');
  const waiting = page.locator('.notification-list-item', { hasText: 'Reading large.txt…' });
  const picker = page.locator('.quick-input-widget:visible').filter({ hasText: /a model on/ });
  await waiting.or(picker).first().waitFor();
  await screenshot('passed-on');
  await picker.waitFor({ timeout: 60_000 }); // it is up to VS Code how long it takes to pass on a document
  await pickQuickItem(page, 'mlp-part2');
  const inspector = webviewFrame(page);
  const telling = inspector.getByText(/^(Reading large.txt|Building the model|Counting the names) · \d+%$/);
  await telling.waitFor();
  await screenshot('reading');
  const first = await telling.textContent();
  await inspector.getByText(first, { exact: true }).waitFor({ state: 'hidden' });
  assert.notEqual(await telling.textContent(), first);
  await statusBarItem(page, /starting · \d+%/).waitFor();
  await inspector.getByRole('button', { name: /^Stop/ }).click();
  await inspector.getByText('Nothing is training yet').waitFor();
  await screenshot('given-up');
  fs.rmSync(file);
}

/** Of letters only, and no two alike. */
function nameOf(i) {
  return i.toString(26).replace(/\d/g, digit => 'qrstuvwxyz'.charAt(Number(digit)));
}
