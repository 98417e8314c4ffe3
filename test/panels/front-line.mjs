// The line below the curve: what is wrong, or what to do next, and which panels it is about.
import { drawn } from './dev-page.mjs';
import { openAsNew } from './first-screen.mjs';

/** One line for what is wrong, its reason on demand, and the remedy on a button. */
export async function alertLine(page, devPage) {
  const problems = [];
  const frame = await openAsNew(page, devPage, 'mlp-part2', 2); // while it trains
  const lines = frame.locator('.front-alert');
  const height = () => lines.first().evaluate(line => line.offsetHeight);
  if ((await lines.count()) !== 1) problems.push(`there are ${await lines.count()} lines`);
  if ((await height()) > 48) problems.push(`the line is ${await height()} pixels high`);
  await lines.first().getByRole('button', { name: 'Why?' }).click();
  if (!(await lines.first().locator('.reason').isVisible())) problems.push('the reason does not unfold');
  const focused = await frame.evaluate(() => document.activeElement.textContent);
  if (focused !== 'Why?') problems.push(`the focus is on ${focused}`);
  await lines
    .first()
    .getByRole('button', { name: /^\d more$/ })
    .click();
  if ((await lines.count()) < 2) problems.push('the others do not unfold');
  await page.evaluate(() => {
    window.addEventListener('message', ({ data }) => {
      if (data.type === 'restart') window.restarted = data.hyperparameters;
    });
  });
  await frame.getByRole('button', { name: 'Restart with W2 × 0.01' }).click();
  await drawn(frame);
  const restarted = JSON.stringify(await page.evaluate(() => window.restarted));
  if (restarted !== '{"w2Scale":0.01,"b2Scale":0}') problems.push(`it restarts with ${restarted}`);
  return problems;
}

/** Panels with an alert come first in the line, and say so in words; the others keep their order. */
export async function alertedPanelsFirst(page, devPage) {
  const problems = [];
  const frame = await devPage.show(page, { recording: 'mlp-part3-original', theme: 'dark', width: 900 });
  const entries = () =>
    frame.locator('.overview li button').evaluateAll(all =>
      all.map(entry => ({
        name: entry.ariaLabel ?? entry.textContent,
        icons: entry.querySelectorAll('.codicon').length,
      })),
    );
  const [first, ...others] = await entries();
  if (first.name !== 'Activations, warning') problems.push(`${first.name} comes first`);
  if (first.icons !== 1) problems.push('the warning is told by color alone');
  const plain = others.findIndex(({ icons }) => icons === 0);
  if (others.slice(plain).some(({ icons }) => icons > 0)) problems.push('an alert comes after a panel without one');

  const calm = await devPage.show(page, { recording: 'deep-part3-batchnorm', theme: 'dark', width: 900 });
  const marked = await calm.locator('.overview .codicon:not(.buttons *)').count();
  if (marked > 0) problems.push(`${marked} panels of a healthy run have an alert`);
  return problems;
}

/** Whoever works elsewhere keeps the focus there, though what had it in the page is made anew; in the page, it stays. */
export async function focusStays(page, devPage) {
  const problems = [];
  const play = () =>
    page.evaluate(() => {
      const time = document.querySelector('[name=time]');
      time.value = time.max;
      time.dispatchEvent(new Event('input'));
    });
  for (const isElsewhere of [true, false]) {
    const frame = await openAsNew(page, devPage, 'mlp-part2', 0.05);
    await frame.locator('.overview').getByRole('button', { name: 'Bigrams' }).focus();
    if (isElsewhere) await page.locator('[name=time]').focus();
    await play();
    await drawn(frame);
    const where = await page.evaluate(() => document.activeElement.tagName);
    if (where !== (isElsewhere ? 'INPUT' : 'IFRAME')) problems.push(`the focus goes to ${where}`);
    const within = await frame.evaluate(() => document.activeElement.textContent);
    if (!isElsewhere && within !== 'Bigrams') problems.push(`the focus is on ${within}`);
    if ((await frame.locator('.overview .warning').count()) === 0) problems.push('there is no alert');
  }
  return problems;
}

/** After a run, buttons say what to do next; while it trains, and after an experiment, there are none. */
export async function nextStepsLine(page, devPage) {
  const problems = [];
  const frame = await openAsNew(page, devPage, 'deep-part3-batchnorm', 'end');
  const buttons = frame.locator('.next-steps:visible button');
  const labels = await buttons.allTextContents();
  if (labels[0] !== 'Try MLP with a longer context' || labels.length > 3) problems.push(`it offers ${labels.join()}`);
  const { height } = await frame.locator('.next-steps').boundingBox();
  if (height > 70) problems.push(`they are ${height} pixels high`);
  await page.evaluate(() => {
    window.addEventListener('message', ({ data }) => {
      if (data.type === 'tryPreset') window.tried = data.preset;
    });
  });
  await buttons.first().click();
  await drawn(frame);
  const tried = await page.evaluate(() => window.tried);
  if (tried !== 'wavenet-part5-flat') problems.push(`it starts ${tried}`);
  for (const [recording, at] of [
    ['deep-part3-batchnorm', 1],
    ['overfit', 'end'],
  ]) {
    const other = await openAsNew(page, devPage, recording, at);
    if (await other.locator('.next-steps').isVisible()) problems.push(`${recording} at ${at} has next steps`);
  }
  return problems;
}
