// What a person sees first, as the inspector comes up: with the panels as they are by default, in a window of a usual size.
import path from 'node:path';
import { screenshots } from '../vscode/harness/places.mjs';
import { drawn } from './dev-page.mjs';

const size = { width: 510, height: 850 };
/** Above it, in pixels, are the curve and the newest names. */
const fold = 420;

/**
 * @typedef {Awaited<ReturnType<typeof import('./dev-page.mjs').startDevPage>>} DevPage
 * @typedef {import('playwright-core').Page} Page
 */

/** @returns {Promise<import('playwright-core').Frame>} the inspector, as it is for somebody who has arranged nothing */
export async function openAsNew(page, { show }, recording, at, width = size.width) {
  await page.setViewportSize({ width: width + 100, height: size.height + 100 });
  return show(page, { recording, at, width, theme: 'dark', open: 'default' });
}

/**
 * Nothing in the bar moves, whatever the run does.
 * @param {Page} page
 * @param {DevPage} devPage
 * @returns {Promise<string[]>} what is wrong
 */
export async function steadyBar(page, devPage) {
  const problems = [];
  const widths = [300, 510, 900];
  for (const recording of ['mlp-part2', 'compared' /* a long title */]) {
    /** By width, at each of the times. */
    const shapes = widths.map(() => []);
    for (const at of [0.05, 0.4, 2, 'end']) {
      const frame = await openAsNew(page, devPage, recording, at, widths.at(-1));
      for (const [i, width] of widths.entries()) {
        await page.locator('[name=width]').fill(String(width));
        await page.locator('[name=width]').dispatchEvent('change');
        await drawn(frame);
        const shape = await frame.locator('.run-bar').evaluate(bar => {
          const cells = [...bar.querySelectorAll('.numbers > div')].map(cell => Math.round(cell.offsetLeft));
          return `${bar.offsetHeight} pixels high, cells at ${cells.join(', ')}`;
        });
        shapes[i].push(shape);
      }
    }
    for (const [i, width] of widths.entries())
      if (new Set(shapes[i]).size > 1)
        problems.push(`${recording} at a width of ${width}: the bar changes: ${shapes[i].join('; ')}`);
  }
  return problems;
}

/**
 * The curve and names, side by side right below the bar; one below the other only where there is no room.
 * @returns {Promise<string[]>} what is wrong
 */
export async function rewardInSight(page, devPage) {
  const problems = [];
  const check = (holds, problem) => {
    if (!holds) problems.push(problem);
  };
  const frame = await openAsNew(page, devPage, 'mlp-part2', 3);
  const [curve, names] = await places(frame);
  check(curve.bottom <= fold, `the curve ends at ${curve.bottom}`);
  check(names.length >= 5 && names.length <= 9, `there are ${names.length} names while it learns`);
  check(names[4]?.bottom <= fold, `the fifth name ends at ${names[4]?.bottom}`);
  check(names[0]?.left >= curve.right, 'the names are not beside the curve');

  const [narrowCurve, below] = await places(await openAsNew(page, devPage, 'mlp-part2', 3, 380));
  check(below[0]?.top >= narrowCurve.bottom, 'the names are not below the curve at 380 pixels');

  const end = await openAsNew(page, devPage, 'deep-part3-batchnorm', 'end');
  check((await end.locator('#samples li').count()) === 20, 'there are not 20 names at the end');
  return problems;
}

/** Names change as the model learns; those that a person draws stay until others are asked for. */
export async function newestNames(page, devPage) {
  const problems = [];
  const seen = [];
  for (const at of [1, 2, 3]) {
    const frame = await openAsNew(page, devPage, 'mlp-part2', at);
    seen.push((await frame.locator('#samples .name').allTextContents()).join());
  }
  if (new Set(seen).size < 3) problems.push(`the names do not change: ${seen.join(' | ')}`);
  const frame = await openAsNew(page, devPage, 'mlp-part2', 3);
  const newest = () => frame.locator('#samples .samples').evaluate(list => list.classList.contains('newest'));
  const words = [{ text: 'drawn', origin: 'new' }];
  const samples = { request: {}, step: 1, words, drawn: 1 };
  await frame.evaluate(samples => window.postMessage([{ type: 'sampled', samples }], window.location.origin), samples);
  await drawn(frame);
  if (await newest()) problems.push('what was drawn is not shown');
  await frame.getByRole('button', { name: 'Follow the newest names again' }).click();
  await drawn(frame);
  if (!(await newest())) problems.push('the newest names do not come back');
  return problems;
}

/** @returns {Promise<[DOMRect, DOMRect[]]>} of the curve and of the names */
async function places(frame) {
  return frame.evaluate(() => {
    const placeOf = element => element.getBoundingClientRect().toJSON();
    return [
      placeOf(document.querySelector('#loss canvas')),
      [...document.querySelectorAll('#samples li')].map(placeOf),
    ];
  });
}

/** What to look for is one short sentence; what else there is to say unfolds. */
export async function shortSentences(page, devPage) {
  const problems = [];
  for (const recording of ['deep-part3-batchnorm', 'bigram-counts', 'makemore-transformer', 'wavenet-part5']) {
    const frame = await devPage.show(page, { recording, theme: 'dark', width: size.width });
    const sentences = await frame.locator('.look-for .first-sentence:visible').allTextContents();
    if (sentences.length < 3) problems.push(`${recording} says little`);
    for (const sentence of sentences)
      if (sentence.length > 100 || /[.!?] /.test(sentence)) problems.push(`${recording}: ${sentence}`);
  }
  const frame = await devPage.show(page, { recording: 'deep-part3-batchnorm', theme: 'dark', width: size.width });
  const text = frame.locator('#activations .look-for');
  const before = await text.innerText();
  await text.getByRole('button', { name: 'More' }).click();
  if ((await text.innerText()).length <= before.length) problems.push('nothing unfolds');
  return problems;
}

/** The list of panels is one line at every width, and holds nothing that nobody has looked at. */
export async function lineOfPanels(page, devPage) {
  const problems = [];
  for (const width of [300, 510, 900]) {
    const frame = await openAsNew(page, devPage, 'deep-part3-batchnorm', 'end', width);
    const tops = await frame
      .locator('.overview li')
      .evaluateAll(entries => [...new Set(entries.map(entry => entry.offsetTop))]);
    if (tops.length !== 1) problems.push(`at ${width} pixels, the panels are on ${tops.length} lines`);
  }
  const frame = await openAsNew(page, devPage, 'failed-start', 'end');
  const left = await frame.locator('.section:visible').evaluateAll(sections => sections.map(({ id }) => id));
  if (left.length > 0) problems.push(`a run that never began shows ${left.join()}`);
  return problems;
}

/** Before anything trains: what to do, and a still of what will be there. */
export async function idleScreen(page, devPage) {
  const problems = [];
  const frame = await openAsNew(page, devPage, 'mlp-part2', 0.05);
  await page.evaluate(() => {
    window.posted = [];
    window.addEventListener('message', ({ data }) => window.posted.push(data.type));
  });
  await frame.evaluate(() => {
    const lists = ['evaluations', 'layerHistory', 'updateHistory', 'samplesAlong', 'compared'];
    const losses = { values: new Float32Array(0), length: 0 };
    const state = { status: 'idle', step: 0, losses, ...Object.fromEntries(lists.map(name => [name, []])) };
    window.postMessage([{ type: 'hydrate', state }], window.location.origin);
  });
  await drawn(frame);
  await frame.getByRole('button', { name: 'Open Sample Names' }).click();
  await frame.getByRole('button', { name: 'Train on the Open File' }).click();
  for (const type of ['openNames', 'train'])
    await page
      .waitForFunction(type => window.posted.includes(type), type, { timeout: 5000 })
      .catch(() => problems.push(`${type} is not posted`));
  if (!(await frame.getByRole('img', { name: /^What will be here/ }).isVisible())) problems.push('there is no still');
  const sections = await frame.locator('.section:visible').count();
  if (sections > 0) problems.push(`${sections} panels show`);
  await page.locator('iframe').screenshot({ path: path.join(screenshots, 'idle.png') });
  return problems;
}

/** Whatever can be pressed is high enough to be hit. */
export async function highButtons(page, devPage) {
  const problems = [];
  for (const recording of ['deep-part3-batchnorm', 'bigram-counts', 'makemore-transformer', 'compared']) {
    const frame = await devPage.show(page, { recording, theme: 'dark', width: 900 });
    const low = await frame.locator('button:visible, summary:visible, select:visible').evaluateAll(all =>
      all.flatMap(element => {
        const { height } = element.getBoundingClientRect();
        return height < 24
          ? [`${element.textContent || element.ariaLabel} of ${element.closest('section')?.id}: ${height}`]
          : [];
      }),
    );
    problems.push(...low.slice(0, 5).map(text => `${recording}: ${text}`));
  }
  return problems;
}

/** What is under the pointer stands beside it, and in full above the matrix. */
export async function matrixTip(page, devPage) {
  const problems = [];
  const frame = await devPage.show(page, { recording: 'bigram-counts', theme: 'dark', width: 510 });
  const matrix = frame.locator('#bigrams .matrix').first();
  const tip = frame.locator('#bigrams .matrix-tip').first();
  const bounds = await matrix.boundingBox();
  for (const [x, y] of [
    [0.3, 0.3],
    [0.97, 0.97],
  ]) {
    await matrix.hover({ position: { x: x * bounds.width, y: y * bounds.height } });
    await drawn(frame);
    const shown = await tip.boundingBox();
    if (!shown) problems.push('there is no tip');
    else if (shown.x < bounds.x || shown.x + shown.width > bounds.x + bounds.width) problems.push('the tip is cut off');
    if (!/^.. +[\d,]+$/.test(await tip.textContent())) problems.push(`the tip says ${await tip.textContent()}`);
  }
  const readout = await frame.locator('#bigrams .readout').boundingBox();
  if (readout.y + readout.height > bounds.y) problems.push('the readout is not above the picture');
  return problems;
}
