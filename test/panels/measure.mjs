// What the inspector's page takes, by the browser's own count: time of the processor, so that other work on the machine does not
// count. What the page around it does is in it.

import { drawn } from './dev-page.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./dev-page.mjs').startDevPage>>} DevPage */
/** @typedef {import('./dev-page.mjs').Shown} Shown */

/**
 * Plays a recording event by event, and lets each be drawn.
 * @param {DevPage} devPage
 * @param {Shown & {height?: number}} options
 * @returns {Promise<{event: string, script: number, layout: number, style: number}[]>} milliseconds of its thread
 */
export async function measureFrames(devPage, { height, ...shown }) {
  const page = await devPage.newPage(height);
  const frame = await devPage.show(page, { ...shown, at: 0 });
  await page.waitForTimeout(1000); // what comes late is drawn
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    const seconds = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { script: seconds.ScriptDuration, layout: seconds.LayoutDuration, style: seconds.RecalcStyleDuration };
  };

  const { events } = await (await fetch(new URL(`../recordings/${shown.recording}.json`, devPage.address))).json();
  const frames = [];
  for (const [, { type: event }] of events) {
    const before = await spent();
    await page.evaluate(() => document.querySelector('[name=step]').click());
    await drawn(frame);
    const after = await spent();
    const milliseconds = part => 1000 * (after[part] - before[part]);
    frames.push({
      event,
      script: milliseconds('script'),
      layout: milliseconds('layout'),
      style: milliseconds('style'),
    });
  }
  await page.close();
  return frames;
}

/**
 * Opens the inspector on the end of a recording.
 * @param {DevPage} devPage
 * @param {Shown} shown
 * @returns {Promise<{sinceState: number, sinceNavigation: number}>} milliseconds until the first frame has been drawn
 */
export async function measureFirstPicture(devPage, shown) {
  const page = await devPage.newPage(900);
  await page.addInitScript(noteFirstPicture);
  const frame = await devPage.show(page, shown);
  const times = await frame.evaluate(() => window.firstPicture);
  await page.close();
  return times;
}

/** Runs in the page before its own scripts. A picture has been drawn when a task comes after the animation frame behind it. */
function noteFirstPicture() {
  window.addEventListener('message', function hear({ data, timeStamp }) {
    if (!data.some(({ type }) => type === 'hydrate')) return;
    window.removeEventListener('message', hear);
    requestAnimationFrame(function look() {
      if (!document.querySelector('.section') || document.querySelector('[data-drawing]')) {
        requestAnimationFrame(look);
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const now = performance.now();
        window.firstPicture = { sinceState: now - timeStamp, sinceNavigation: now };
      };
      port2.postMessage(undefined);
    });
  });
}
