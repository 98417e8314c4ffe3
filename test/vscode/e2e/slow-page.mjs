// A page that is slower than the run: it shows the newest state, and stops at once.
import assert from 'node:assert/strict';
import { shownStep, trainOn } from './steps/inspector.mjs';

export const title =
  'a page on a slow processor, with every panel open, is never far behind its run, and stops at once';

/** The processor is this many times as slow. */
const slower = 4;
/** How far behind the page may be; on a quiet machine it is a tenth of that. */
const mostSeconds = 5;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, screenshot, statusBarItem } = world;
  await page.setViewportSize({ width: 1400, height: 1000 });
  const inspector = await trainOn(world, 'deep-part3-batchnorm');
  await inspector.getByRole('button', { name: 'Unfold all panels' }).click();
  await inspector.locator('#batchnorm canvas').first().waitFor();
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.waitForTimeout(5000); // what piles up would do so now

  const silence = await inspector.locator('body').evaluate(longestSilence, 6000);

  const taken = await inspector.locator('body').evaluate(async body => {
    const clicked = performance.now();
    body.querySelector('.hyperparameter-form [type=submit]').click();
    const bar = body.querySelector('.run-bar');
    while (bar.dataset.status !== 'starting') await new Promise(requestAnimationFrame);
    return performance.now() - clicked;
  });
  await inspector.locator('.run-bar[data-status="running"]').waitFor();
  await page.waitForTimeout(4000);

  const item = statusBarItem(page, /step/);
  const texts = await item.evaluate(async element => {
    let changes = 0;
    const observer = new window.MutationObserver(() => changes++);
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    await new Promise(resolve => setTimeout(resolve, 4000));
    return changes;
  });
  const [start, from] = [Date.now(), await shownStep(inspector)];
  await page.waitForTimeout(5000);
  await screenshot('training');

  const stop = await inspector.locator('.run-bar').evaluate(async bar => {
    const shown = () => Number(/step\s*([\d,]+)/.exec(bar.textContent)[1].replaceAll(',', ''));
    const status = () => bar.querySelector('.status').textContent;
    const waitFor = async holds => {
      while (!holds()) await new Promise(requestAnimationFrame);
      return performance.now();
    };
    const [clicked, step] = [performance.now(), shown()];
    bar.querySelector('[aria-label=Stop]').click();
    const seen = await waitFor(() => status() !== 'Training');
    const said = status();
    const stopped = await waitFor(() => status() === 'Stopped');
    return { behind: shown() - step, seen: seen - clicked, said, stopped: stopped - clicked };
  });
  const ended = Date.now();
  await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await screenshot('stopped');
  // Of the run, as the page knows once it has caught up: while it trains, it may be behind.
  const rate = (1000 * ((await shownStep(inspector)) - from)) / (ended - start);
  const seconds = stop.behind / rate;
  console.log(
    `      ${rate.toFixed(0)} steps a second, ${seconds.toFixed(2)} s behind; the click was seen after ${stop.seen.toFixed(0)} ms, ` +
      `the end after ${stop.stopped.toFixed(0)} ms; Restart was seen after ${taken.toFixed(0)} ms; ` +
      `under a moving pointer, new steps after ${silence.toFixed(0)} ms at most; ` +
      `${texts} changes of the status bar in 4 s`,
  );
  assert.ok(rate > 0, 'it trains');
  assert.ok(seconds < mostSeconds, `${seconds} s behind`);
  assert.ok(silence < 2000 * mostSeconds, `under a moving pointer, no new step for ${silence} ms`);
  assert.equal(stop.said, 'Stopping…');
  assert.ok(taken < 1000 * mostSeconds, `Restart was seen after ${taken} ms`);
  assert.ok(stop.stopped < 1000 * mostSeconds, `stopped after ${stop.stopped} ms`);
}

/** How long the page shows no new step, at most, while a pointer moves over every figure in every frame. */
async function longestSilence(body, milliseconds) {
  const shown = () => body.querySelector('.run-bar').textContent;
  const end = performance.now() + milliseconds;
  let [longest, last, text] = [0, performance.now(), shown()];
  for (let i = 0; performance.now() < end; i++) {
    await new Promise(requestAnimationFrame);
    for (const figure of body.querySelectorAll('canvas, svg')) {
      const { left, top } = figure.getBoundingClientRect();
      const place = { clientX: left + 20 + ((7 * i) % 200), clientY: top + 20 + ((5 * i) % 100) };
      figure.dispatchEvent(new window.PointerEvent('pointermove', { bubbles: true, ...place }));
    }
    longest = Math.max(longest, performance.now() - last);
    if (shown() !== text) [last, text] = [performance.now(), shown()];
  }
  return longest;
}
