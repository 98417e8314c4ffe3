// What of the inspector lasts when it is closed, moved to another column or to another window: its arrangement, its pictures.
import assert from 'node:assert/strict';
import { drawn, trainOn, trainsOn } from './steps/inspector.mjs';

export const title =
  'panels moved and folded stay so, and their pictures come back: closed, in another column and window';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, runCommand, inspectorTabs, webviewFrame, screenshot } = world;
  await page.setViewportSize({ width: 1400, height: 1000 });
  let inspector = await trainOn(world, 'mlp-part2');
  const toggle = name => inspector.getByRole('heading', { name, exact: true }).getByRole('button');
  const hasFocus = name => toggle(name).evaluate(button => button === document.activeElement);
  const order = () => inspector.locator('.columns .section:visible h2').allTextContents();
  const announced = text => inspector.getByText(text, { exact: true }).waitFor({ state: 'attached' });

  // By the keyboard and by the pointer. The focus goes along, and it is told where the panel is then.
  const before = await order();
  const place = before.indexOf('Updates');
  await toggle('Updates').focus();
  for (let i = place; i > 0; i--) {
    await page.keyboard.press('Alt+ArrowUp');
    await announced(`Updates: ${i} of ${before.length}`);
  }
  assert.ok(await hasFocus('Updates'));
  await toggle('Bigrams').hover();
  await inspector.getByRole('button', { name: 'Move Bigrams up' }).click();
  assert.ok(await hasFocus('Bigrams'));
  await toggle('Activations').click();
  const arranged = lifted(lifted(before, 'Updates', place), 'Bigrams', 1);
  assert.deepEqual(await order(), arranged);

  const lasts = async () => {
    await toggle('Loss').waitFor();
    await inspector.locator('#activations.collapsed').waitFor();
    await drawn(inspector, 'loss');
    await drawn(inspector, 'bigrams');
    await trainsOn(inspector);
  };
  await lasts();
  await inspector.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Embedding' }).click();
  assert.ok(await hasFocus('Embedding'));
  await screenshot('arranged');

  await inspectorTabs(page).getByRole('button', { name: /Close/ }).click();
  await page.locator('iframe.webview.ready:visible').waitFor({ state: 'detached' });
  await runCommand(page, 'Makemore: Show Inspector');
  inspector = webviewFrame(page);
  await lasts();
  assert.deepEqual(await order(), arranged);

  await inspectorTabs(page).click();
  await runCommand(page, 'View: Move Editor into Left Group');
  await page.locator('.editor-group-container').nth(1).waitFor({ state: 'detached' });
  inspector = webviewFrame(page);
  await lasts();
  await screenshot('column');

  const opened = page.context().waitForEvent('page');
  await runCommand(page, 'View: Move Editor into New Window');
  const other = await opened;
  inspector = webviewFrame(other);
  await lasts();
  await toggle('Updates').focus();
  await other.keyboard.press('F6');
  await inspector.locator('.run-bar[data-status="paused"]').waitFor();
  await other.keyboard.press('F5');
  await trainsOn(inspector);
  // There is room for two columns.
  await other.keyboard.press('Alt+ArrowRight');
  await inspector.getByText(/^Updates: 1 of \d+, right column$/).waitFor({ state: 'attached' });
  assert.ok(await hasFocus('Updates'));

  await inspector.getByRole('button', { name: 'Default order of the panels' }).click();
  await inspector.getByRole('button', { name: 'Unfold all panels' }).click();
  await runCommand(other, 'View: Restore Editors into Main Window');
  inspector = webviewFrame(page);
  await toggle('Loss').waitFor();
  assert.equal(await toggle('Activations').getAttribute('aria-expanded'), 'true');
  assert.equal((await order())[0], before[0]);
}

/** The list with one of its elements further up. */
function lifted(list, element, by) {
  const place = list.indexOf(element);
  return list.toSpliced(place, 1).toSpliced(place - by, 0, element);
}
