// How soon a typed letter is on the screen beside a run, from the key to the paint. It prints what it measures: figures of a
// machine with other work on it say little, so that only what nobody could work with is a failure.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { trainOn } from './steps/inspector.mjs';

export const title = 'typing beside a run is as smooth as without one';
export const long = 240_000;
export const onlyLong = true;

const pauseMilliseconds = 90;
/** Of a usual letter. */
const mostMilliseconds = 250;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, folder, openFile, runCommand, inspectorTabs } = world;
  const letters = 100;
  fs.writeFileSync(path.join(folder, 'notes.txt'), 'Notes\n');
  const type = async () => {
    await page.locator('.editor-group-container').first().locator('.view-lines').first().click();
    await page.evaluate(recordPaints);
    const [began, before] = [Date.now(), await worked()];
    for (let i = 0; i < letters; i++) {
      await page.keyboard.press('a');
      await page.waitForTimeout(pauseMilliseconds);
    }
    const busy = (1000 * ((await worked()) - before)) / (Date.now() - began);
    const sorted = (await page.evaluate(() => window.paints)).sort((a, b) => a - b);
    const at = share => sorted[Math.ceil(share * sorted.length) - 1];
    return { p50: at(0.5), p95: at(0.95), busy };
  };
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' }); // of the processor: other work does not count
  const worked = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  const measured = {};

  await page.setViewportSize({ width: 1400, height: 1000 });
  const inspector = await trainOn(world, 'deep-part3-batchnorm');
  await runCommand(page, 'Makemore: Pause Training');
  await openFile(page, 'notes.txt');
  measured['a run that is paused'] = await type();
  await runCommand(page, 'Makemore: Resume Training');
  measured['the usual panels'] = await type();
  await inspector.getByRole('button', { name: 'Unfold all panels' }).click();
  measured['all panels'] = await type();
  await inspectorTabs(page).getByRole('button', { name: /Close/ }).click();
  measured['no inspector'] = await type();
  await runCommand(page, 'Makemore: Stop Training');
  measured['no run'] = await type();

  for (const [what, { p50, p95, busy }] of Object.entries(measured))
    console.log(
      `      ${what.padEnd(22)} p50 ${p50.toFixed(0).padStart(4)} ms, p95 ${p95.toFixed(0).padStart(4)} ms; ` +
        `the page works ${(100 * busy).toFixed(0).padStart(3)} % of the time`,
    );
  for (const [what, { p50 }] of Object.entries(measured)) assert.ok(p50 < mostMilliseconds, `${what}: ${p50} ms`);
}

/** Runs in the page: a frame has been painted when a task comes after its animation frame. */
function recordPaints() {
  window.paints = [];
  if (window.recordsPaints) return;
  window.recordsPaints = true;
  window.addEventListener(
    'keydown',
    ({ timeStamp }) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.paints.push(performance.now() - timeStamp);
        port2.postMessage(undefined);
      }),
    { capture: true },
  );
}
