// The dev page in a Chromium, as the pictures, the tests and the bench of the panels use it.
import { launchBrowser } from '../vscode/harness/browser.mjs';
import { startDevServer } from '../../webview/dev/server.mjs';

/** Tall enough for the whole inspector: what is out of sight is drawn more rarely. */
export const tall = 9000;

export const themeNames = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

/**
 * @typedef {object} Shown what the page's address can say
 * @property {string} recording
 * @property {string} [theme]
 * @property {number} [width] of the inspector
 * @property {number | 'end'} [at] in seconds
 * @property {string} [open] ids of panels; all, unless told
 */

/**
 * Serves the dev page and starts a browser.
 * @param {Parameters<typeof startDevServer>[0]} [options]
 */
export async function startDevPage(options) {
  const server = await startDevServer(options);
  const browser = await launchBrowser();
  return {
    address: server.address,
    /** A page of its own; it shows nothing yet. */
    newPage: async (height = tall) => {
      const page = await browser.newPage({ viewport: { width: 1500, height } });
      page.setDefaultTimeout(10_000);
      return page;
    },
    /**
     * Shows a recording and waits until it is drawn.
     * @param {import('playwright-core').Page} page
     * @param {Shown} shown
     * @returns {Promise<import('playwright-core').Frame>} the inspector's own page
     */
    show: async (page, shown) => {
      await page.goto(`${server.address}?${new URLSearchParams({ at: 'end', open: 'all', ...shown })}`);
      const element = await page.locator('iframe[data-ready]').elementHandle();
      const frame = await element.contentFrame();
      await drawn(frame);
      return frame;
    },
    stop: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/**
 * Waits until what was posted is drawn: it comes as a task of its own, and is drawn from the frame
 * after on, when the page is idle. Icons are a font.
 * @param {import('playwright-core').Frame} frame
 */
export async function drawn(frame) {
  await frame.evaluate(async () => {
    await document.fonts.ready;
    const isLate = () => document.querySelector('[data-drawing], [data-due]');
    for (let i = 0; i < 3 || isLate(); i++) await new Promise(requestAnimationFrame);
  });
}
