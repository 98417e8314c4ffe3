// The extension host is killed while the inspector is hidden: nobody answers its tab any more when it is clicked.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { drawn, trainOn } from './steps/inspector.mjs';
import { picturesSince } from './steps/kept-runs.mjs';

export const title =
  'an inspector that was hidden while its extension host was killed comes back when its tab is clicked';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, runCommand, server, inspectorTabs, tab, webviewFrame } = world;
  await page.setViewportSize({ width: 1400, height: 900 });
  const started = Date.now();
  await trainOn(world, 'deep-part3-batchnorm'); // it takes minutes
  await picturesSince(server, started);
  await inspectorTabs(page).click();
  await runCommand(page, 'View: Move Editor into Left Group');
  await tab(page, /^names\.txt/).click();
  await page.locator('iframe.webview.ready:visible').waitFor({ state: 'detached' });
  const killed = server.extensionHosts().at(-1);
  process.kill(killed, 'SIGKILL');
  for (const end = Date.now() + 30_000; server.extensionHosts().every(host => host === killed); await delay(100))
    assert.ok(Date.now() < end, 'VS Code starts no other extension host');
  await page.waitForTimeout(2000);

  await inspectorTabs(page).click();
  const inspector = webviewFrame(page);
  await inspector.getByText(/^Stopped by the reload at step/).waitFor();
  await drawn(inspector, 'loss');
  assert.equal(await inspectorTabs(page).count(), 1);
  await world.screenshot('back');
}
