// A panel that throws, among others that do not.
import path from 'node:path';
import { screenshots } from '../vscode/harness/places.mjs';
import { drawn } from './dev-page.mjs';

/**
 * Gives the panels a layer in which everything is missing, and then whole ones again.
 * @param {import('playwright-core').Page} page
 * @param {Awaited<ReturnType<typeof import('./dev-page.mjs').startDevPage>>} devPage
 * @returns {Promise<string[]>} what is wrong
 */
export async function brokenPanels(page, devPage) {
  const problems = [];
  const check = (holds, problem) => {
    if (!holds) problems.push(problem);
  };
  const frame = await devPage.show(page, { recording: 'deep-part3-batchnorm', theme: 'dark', width: 480, open: 'all' });
  const errors = [];
  page.on('pageerror', error => errors.push(error.message));
  const post = async event => {
    await frame.evaluate(event => window.postMessage([event], window.location.origin), event);
    await drawn(frame);
  };
  const textOf = id => frame.locator(`#${id}`).innerText();
  const step = () => frame.locator('.run-bar .numbers').innerText();

  const before = await step();
  await post({ type: 'inspected', inspection: { step: 1, ahead: false, tensors: {}, layers: [{}] } });
  for (const id of ['activations', 'gradients'])
    check((await textOf(id)).includes('This panel could not be drawn: '), `${id} does not say that it failed`);
  check(errors.length > 0, 'the developer tools do not know');
  for (const id of ['loss', 'samples', 'updates', 'batch'])
    check(!(await textOf(id)).includes('could not be drawn'), `${id} failed too`);
  const told = errors.length;
  await post({ type: 'losses', firstStep: 0, losses: [1, 2], learningRate: 0.1, microsecondsPerStep: 1 });
  check((await step()) !== before, 'the bar stands still');
  check(errors.length === told, 'the developer tools are told again and again');
  await page.screenshot({
    path: path.join(screenshots, 'broken-panel.png'),
    clip: { x: 0, y: 0, width: 500, height: 3000 },
  });

  await page.evaluate(() => {
    const time = document.querySelector('[name=time]');
    time.value = 0; // from the beginning, so that nothing broken is left
    time.dispatchEvent(new Event('input'));
    time.value = time.max;
    time.dispatchEvent(new Event('input'));
  });
  await drawn(frame);
  for (const id of ['activations', 'gradients'])
    check(!(await textOf(id)).includes('could not be drawn'), `${id} does not come back`);
  return problems;
}
