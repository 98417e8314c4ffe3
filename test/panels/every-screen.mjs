// Screens as people set them up: forced colors, large fonts. And what the header says there.
import path from 'node:path';
import { screenshots } from '../vscode/harness/places.mjs';
import { overflowing } from './checks.mjs';
import { drawn } from './dev-page.mjs';

/**
 * @typedef {Awaited<ReturnType<typeof import('./dev-page.mjs').startDevPage>>} DevPage
 * @typedef {import('playwright-core').Page} Page
 */

/**
 * The bar of progress, what is pressed, and lines that look as in their legends.
 * @param {Page} page
 * @param {DevPage} devPage
 * @returns {Promise<string[]>} what is wrong
 */
export async function forcedColors(page, { show }) {
  const problems = [];
  await page.emulateMedia({ forcedColors: 'active' });
  for (const theme of ['dark', 'light']) {
    const check = (holds, problem) => {
      if (!holds) problems.push(`${theme}: ${problem}`);
    };
    const frame = await show(page, { recording: 'deep-part3-batchnorm', theme, width: 510, at: 8 });
    await page.screenshot({
      path: path.join(screenshots, `forced-${theme}.png`),
      clip: { x: 0, y: 0, width: 540, height: 4000 },
    });
    const progress = frame.locator('.run-bar progress');
    const [done, left] = [await colorIn(page, progress, 0.05), await colorIn(page, progress, 0.98)];
    check(done !== left, `done and left are both ${done}`);
    const segments = frame.locator('.segmented:visible').first();
    const [pressed, other] = ['true', 'false'].map(is => segments.locator(`button[aria-pressed=${is}]`).first());
    const [on, off] = [await colorIn(page, pressed, 0.12), await colorIn(page, other, 0.12)];
    check(on !== off, `pressed and not pressed are both ${on}`);
    const open = await frame.locator('.overview li button:not(.folded)').first().evaluate(borderOf);
    await frame.locator('.overview .buttons button[title="Fold all panels"]').click();
    await drawn(frame);
    check(
      open !== (await frame.locator('.overview li button.folded').first().evaluate(borderOf)),
      'folded looks as unfolded',
    );
    for (const swatch of await swatchesWithoutLines(frame)) check(false, swatch);
  }
  return problems;
}

const borderOf = button => getComputedStyle(button).borderTopStyle;

/** The color in the middle of an element's height, at a share of its width. */
async function colorIn(page, locator, share) {
  const png = (await locator.screenshot()).toString('base64');
  return page.evaluate(
    async ([png, share]) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(Math.floor(share * image.width), Math.floor(image.height / 2), 1, 1);
      return [...data].slice(0, 3).join();
    },
    [png, share],
  );
}

/** Colors of legends that are not in the picture above them. */
async function swatchesWithoutLines(frame) {
  return frame.locator('#loss, #activations, #gradients').evaluateAll(sections =>
    sections.flatMap(section => {
      const drawn = new Set();
      for (const canvas of section.querySelectorAll('canvas')) {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] > 250) drawn.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
      }
      const swatches = [...section.querySelectorAll('.swatch:not(.minibatch)')].filter(swatch =>
        swatch.checkVisibility(),
      );
      return swatches.flatMap(swatch => {
        const { borderTopColor, borderTopWidth, backgroundColor } = getComputedStyle(swatch);
        const color = borderTopWidth === '0px' ? backgroundColor : borderTopColor;
        const [parts, behind] = [color, getComputedStyle(document.body).backgroundColor].map(css =>
          css.match(/[\d.]+/g).map(Number),
        );
        const [alpha = 1] = parts.slice(3); // some of the system's colors are translucent
        const plain = behind
          .slice(0, 3)
          .map((c, i) => Math.round(parts[i] * alpha + c * (1 - alpha)))
          .join();
        return drawn.has(plain) ? [] : [`${section.id} has no line of the color ${color} (${swatch.className})`];
      });
    }),
  );
}

/**
 * A large font of the editor, on narrow pages too.
 * @param {Page} page
 * @param {DevPage} devPage
 * @returns {Promise<string[]>} what is wrong
 */
export async function largeFont(page, { show }) {
  const problems = [];
  for (const recording of ['deep-part3-batchnorm', 'bigram-counts', 'long-names'])
    for (const width of [900, 400]) {
      const frame = await show(page, { recording, theme: 'dark', width });
      await frame.evaluate(() => document.documentElement.style.setProperty('--vscode-editor-font-size', '24px'));
      await drawn(frame);
      const sizes = await frame.evaluate(() =>
        ['body', '.run-bar h1', '.look-for', '.numbers dt', 'table'].map(what => {
          const found = [...document.querySelectorAll(what)].find(element => element.checkVisibility());
          return found ? Number.parseFloat(getComputedStyle(found).fontSize) : 24;
        }),
      );
      if (Math.min(...sizes) < 21) problems.push(`${recording}: texts of ${sizes.join(', ')} pixels`);
      for (const problem of await overflowing(frame)) problems.push(`${recording} in ${width}: ${problem}`);
      if (width === 400)
        await page.screenshot({
          path: path.join(screenshots, `large-font-${recording}.png`),
          clip: { x: 0, y: 0, width: 430, height: 4000 },
        });
    }
  return problems;
}

/**
 * What a run does once its steps are made, and where its file is.
 * @param {Page} page
 * @param {DevPage} devPage
 * @returns {Promise<string[]>} what is wrong
 */
export async function headerWords(page, { show }) {
  const frame = await show(page, { recording: 'mlp-part2', theme: 'dark', width: 510, at: 3 });
  const post = async event => {
    await frame.evaluate(event => window.postMessage([event], window.location.origin), event);
    await drawn(frame);
  };
  const says = what => frame.locator(`.run-bar .${what}`).innerText();
  const seen = [];
  const see = async what => seen.push(await says(what));
  await post({ type: 'status', status: 'stopped', step: 1500 });
  await see('status');
  await post({ type: 'evaluated', evaluation: { step: 1500, train: 2.5, dev: 2.6 } });
  await see('status');
  await see('file');
  await post({ type: 'called', name: 'girls/names.txt' });
  await see('file');
  await post({ type: 'moved', source: { name: 'others.txt', uri: 'file:///others.txt' } });
  await see('file');
  const expected = ['Evaluating…', 'Stopped', 'names.txt', 'girls/names.txt', 'others.txt'];
  return seen.join() === expected.join() ? [] : [`it says ${seen.join(', ')}`];
}
