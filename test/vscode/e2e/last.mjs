// What of the inspector lasts: the arrangement of its panels, and its pictures, wherever it goes.
import assert from 'node:assert/strict';
import { accessibilityViolations } from './steps/accessibility.mjs';
import { shownStep, trainOn } from './steps/inspector.mjs';

export const title =
  'what lasts: the order of the panels, what is folded, the pictures, in another column and after a reload';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, reloadWindow, runCommand, setTheme, tab, webviewFrame, screenshot } = world;
  await page.setViewportSize({ width: 1400, height: 1000 });
  let inspector = await trainOn(world, 'mlp-part2');
  const heading = name => inspector.getByRole('heading', { name, exact: true });
  const toggle = name => heading(name).getByRole('button');
  const hasFocus = name => toggle(name).evaluate(button => button === document.activeElement);
  const order = () => inspector.locator('.section:visible h2').allTextContents();

  // Panels are moved by the keyboard and by the pointer. The focus goes with them, and it is told where they are.
  assert.deepEqual(await order(), ['Loss', 'Learning rate', 'Samples', 'Bigrams']);
  await toggle('Samples').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await inspector.getByText('Samples: 2 of 4').waitFor({ state: 'attached' });
  await page.keyboard.press('Alt+ArrowUp');
  await inspector.getByText('Samples: 1 of 4').waitFor({ state: 'attached' });
  assert.ok(await hasFocus('Samples'));
  await heading('Bigrams').hover();
  await inspector.getByRole('button', { name: 'Move Bigrams up' }).click();
  assert.ok(await hasFocus('Bigrams'));
  await toggle('Learning rate').click();
  const arranged = ['Samples', 'Loss', 'Bigrams', 'Learning rate'];
  const inTwoColumns = ['Samples', 'Loss', 'Learning rate', 'Bigrams'];
  assert.deepEqual(await order(), arranged);

  const lasts = async (expected = arranged) => {
    await heading('Loss').waitFor();
    assert.deepEqual(await order(), expected);
    assert.equal(await toggle('Learning rate').getAttribute('aria-expanded'), 'false');
    await drawn(inspector.locator('#loss canvas').first());
    await drawn(inspector.locator('#counts .pixels').first());
  };
  const trainsOn = async () => {
    const step = await shownStep(inspector);
    await inspector.getByText(`${step.toLocaleString('en-US')} /`).waitFor({ state: 'hidden' });
  };
  await lasts();
  await inspector.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Loss' }).click();
  assert.ok(await hasFocus('Loss'));
  await screenshot('arranged');

  await tab(page, 'Makemore').getByRole('button', { name: /Close/ }).click();
  await page.locator('iframe.webview.ready:visible').waitFor({ state: 'detached' });
  await runCommand(page, 'Makemore: Show the inspector');
  inspector = webviewFrame(page);
  await lasts();
  await trainsOn();

  await tab(page, 'Makemore').click();
  const groups = page.locator('.editor-group-container');
  assert.equal(await groups.count(), 2);
  await runCommand(page, 'View: Move Editor into Left Group');
  await groups.nth(1).waitFor({ state: 'detached' });
  inspector = webviewFrame(page);
  await lasts(inTwoColumns);
  await trainsOn();
  await screenshot('moved');

  const opened = page.context().waitForEvent('page');
  await runCommand(page, 'View: Move Editor into New Window');
  const other = await opened;
  inspector = webviewFrame(other);
  await lasts(inTwoColumns);
  await trainsOn();
  await toggle('Samples').focus();
  await other.keyboard.press('F6');
  await inspector.locator('.run-bar[data-status="paused"]').waitFor();
  await other.keyboard.press('F5');
  await trainsOn();
  await other.keyboard.press('Alt+ArrowRight');
  await inspector.getByText('Samples: 1 of 2, right column').waitFor({ state: 'attached' });
  await other.keyboard.press('Alt+ArrowDown');
  await inspector.getByText('Samples: 2 of 2, right column').waitFor({ state: 'attached' });
  assert.deepEqual(await order(), ['Loss', 'Learning rate', 'Bigrams', 'Samples']);
  assert.ok(await hasFocus('Samples'));
  await other.screenshot({ path: '/tmp/other.png' });
  await inspector.getByRole('button', { name: 'Default order of the panels' }).click();
  await runCommand(other, 'View: Restore Editors into Main Window');
  inspector = webviewFrame(page);
  await lasts(['Loss', 'Learning rate', 'Samples', 'Bigrams']);

  await page.waitForTimeout(2500); // for the pictures to be written once
  await reloadWindow(page);
  inspector = webviewFrame(page);
  await inspector.getByText(/^Stopped by the reload at step [\d,]+: these are its last pictures\.$/).waitFor();
  await lasts(['Loss', 'Learning rate', 'Samples', 'Bigrams']);
  for (const theme of ['Default Light Modern', 'Default Dark Modern']) {
    await setTheme(page, theme);
    await page.waitForTimeout(400);
    await screenshot(`reloaded-${theme.replaceAll(' ', '-').toLowerCase()}`);
    assert.deepEqual(await accessibilityViolations(inspector), [], `accessibility in ${theme}`);
  }
  await inspector.getByRole('button', { name: 'Train again' }).click();
  await inspector.locator('.run-bar[data-status="running"]').waitFor();
  await trainsOn();
}

/** Waits until a canvas shows anything. */
async function drawn(canvas) {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const any = await canvas.evaluate(element => {
      const { width, height } = element;
      if (width === 0 || height === 0) return false;
      return element
        .getContext('2d')
        .getImageData(0, 0, width, height)
        .data.some(value => value > 0);
    });
    if (any) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('the canvas stays empty');
}
