// What no recording has.
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

/**
 * The buttons of the heads, when a model has as many heads as the one before, but in other layers.
 * @returns {Promise<string[]>} what is wrong
 */
export async function otherHeads(page, devPage) {
  const frame = await devPage.show(page, { recording: 'makemore-transformer', theme: 'dark', width: 480, open: 'all' });
  const heads = () =>
    frame.locator('#attention .heads [role=radio]').evaluateAll(all => all.map(head => head.ariaLabel));
  const show = async (layers, heads) => {
    await frame.evaluate(
      ([layers, heads]) => {
        const pass = { name: 'att', kind: 'attention', shape: [heads, 2, 2], values: new Float32Array(4 * heads) };
        const probs = { shape: [2, 27], values: new Float32Array(54) };
        const walk = { text: 'a', position: 0, probs, passes: Array.from({ length: layers }, () => pass) };
        const inspection = { step: 1, ahead: false, tensors: {}, walk };
        window.postMessage([{ type: 'inspected', inspection }], window.location.origin);
      },
      [layers, heads],
    );
    await drawn(frame);
  };
  await show(4, 4);
  const before = (await heads())[9];
  await show(2, 8);
  const after = (await heads())[9];
  const expected = ['Layer 2, head 1', 'Layer 1, head 1'];
  return [before, after].flatMap((label, i) => (label === expected[i] ? [] : [`${label} should be ${expected[i]}`]));
}

/**
 * The character of the trigrams after a reload, when no others can be counted.
 * @returns {Promise<string[]>} what is wrong
 */
export async function restoredTrigrams(page, devPage) {
  const frame = await devPage.show(page, { recording: 'reloaded', theme: 'dark', width: 480, open: 'all' });
  const select = frame.locator('#bigrams select.characters');
  await frame.locator('#bigrams').getByRole('button', { name: 'Trigrams after' }).click();
  await frame.evaluate(() => {
    const tokens = ['.', 'a', 'b'];
    const counts = new Uint32Array(9).fill(1);
    const slice = { first: 'b', tokens, vocabSize: 3, counts, total: 9, rowTotals: new Uint32Array(3).fill(3) };
    window.postMessage([{ type: 'trigrams', slice }], window.location.origin);
  });
  await drawn(frame);
  const shown = await select.inputValue();
  const problems = shown === 'b' ? [] : [`the trigrams after b are shown, and ${shown} is chosen`];
  return (await select.isDisabled()) ? problems : [...problems, 'others can be chosen'];
}

/**
 * What a person types as the prefix of names: a space behind it belongs to it.
 * @returns {Promise<string[]>} what is wrong
 */
export async function typedPrefix(page, devPage) {
  const frame = await devPage.show(page, { recording: 'mlp-part2', theme: 'dark', width: 480, open: 'all' });
  await page.evaluate(() => {
    window.addEventListener('message', ({ data }) => {
      if (data.type === 'sample') window.sampled = data.request;
    });
  });
  await frame.locator('#samples summary', { hasText: 'Options' }).click();
  await frame.locator('#sample-prefix').fill('  mary ');
  await frame.locator('#sample-prefix').press('Enter');
  await drawn(frame);
  const request = await page.evaluate(() => window.sampled);
  return request?.prefix === 'mary ' ? [] : [`"${request?.prefix}" is sent`];
}

/** A run that is only looked at: what is told of it, and nothing that would control the current one. */
export async function lookedAt(page, devPage) {
  const problems = [];
  const check = (holds, problem) => {
    if (!holds) problems.push(problem);
  };
  const frame = await devPage.show(page, { recording: 'mlp-part2', theme: 'dark', width: 510, open: 'all' });
  await frame.evaluate(() => {
    const lists = ['layerHistory', 'updateHistory', 'samplesAlong', 'compared'];
    const losses = { values: Float32Array.from({ length: 100 }, (_, i) => 27 / (i + 1) + 2.5), length: 100 };
    const facts = {
      ...{ names: 1234, notes: ['3 empty lines were skipped.'], vocabSize: 27, parameterCount: 11897 },
      countedLosses: { letters: 2.82, bigrams: 2.45, trigrams: 2.19 },
    };
    const w2Scale = 1;
    const state = {
      ...{ status: 'running', step: 100, losses, evaluations: [{ step: 100, dev: 2.6 }], purpose: 'train' },
      ...Object.fromEntries(lists.map(name => [name, []])),
      preset: {
        id: 'mlp-part2',
        title: 'MLP',
        model: 'mlp',
        split: 'lecture',
        hyperparameters: { maxSteps: 100, w2Scale },
      },
      source: { name: 'other.txt', uri: 'file:///other.txt' },
      lookedAt: { title: 'Another run', hasCurrent: true, facts },
    };
    window.postMessage([{ type: 'hydrate', state }], window.location.origin);
  });
  await drawn(frame);
  check(await frame.getByText('Looking at Another run').isVisible(), 'it is not said which run this is');
  for (const name of ['Pause', 'Resume', 'Single Step', 'Stop', 'Restart…'])
    check(!(await frame.getByRole('button', { name, exact: true }).isVisible()), `there is a button ${name}`);
  check((await frame.getByRole('button', { name: /^Restart with/ }).count()) === 0, 'a remedy can be pressed');
  const about = await frame.locator('#about').innerText();
  check(about.includes('1,234 names'), `the names are not counted: ${about}`);
  check(about.includes('3 empty lines were skipped.'), 'the notes are missing');
  const label = await frame.locator('#loss canvas').getAttribute('aria-label');
  check(label.includes('bigrams 2.45'), `the marks are missing: ${label}`);
  return problems;
}

/**
 * What a person types as hyperparameters and as options of names.
 * @returns {Promise<string[]>} what is wrong
 */
export async function typedNumbers(page, devPage) {
  const frame = await devPage.show(page, { recording: 'mlp-part2', theme: 'dark', width: 480, open: 'all' });
  await page.evaluate(() => {
    window.posted = [];
    window.addEventListener('message', ({ data }) => window.posted.push(data));
  });
  const posted = type => page.evaluate(wanted => window.posted.findLast(message => message.type === wanted), type);
  const problems = [];
  const steps = frame.locator('#hyperparameter-maxSteps');
  const refused = [
    ['0x40', '0x40'],
    ['1e-400', '1e-400'],
    ['0,05', '0,05'],
    ['9'.repeat(400), `${'9'.repeat(100)}…`],
  ];
  for (const [typed, quoted] of refused) {
    await steps.fill(typed);
    const said = await frame.locator('#hyperparameter-maxSteps-problem').textContent();
    if (!said.endsWith(`from 0 to 1,000,000,000, but it is "${quoted}".`)) problems.push(`${typed}: ${said}`);
  }
  await steps.fill('200 000');
  await frame.locator('#hyperparameter-batchSize').fill('1,024');
  await steps.press('Enter');
  await drawn(frame);
  const { maxSteps, batchSize } = (await posted('restart'))?.hyperparameters ?? {};
  if (maxSteps !== 200000 || batchSize !== 1024) problems.push(`${maxSteps} steps of ${batchSize} are posted`);
  await frame.locator('#samples summary', { hasText: 'Options' }).click();
  await frame.locator('#sample-topK').fill('-1');
  await frame.locator('#sample-temperature').fill('0');
  await frame.locator('#sample-seed').fill('-1');
  await frame.locator('#sample-seed').press('Enter');
  await drawn(frame);
  const { topK, temperature, seed } = (await posted('sample'))?.request ?? {};
  if (topK !== -1 || temperature !== 0 || seed !== -1) problems.push(`${topK}, ${temperature}, ${seed} are posted`);
  return problems;
}
