// What a person sees and has typed in the inspector comes back with it.
import assert from 'node:assert/strict';
import { trainOn } from './steps/inspector.mjs';

export const title =
  'the inspector hidden, moved, reloaded, and left without its extension host: place, form, zoom and focus are kept';
export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { inspectorTabs, openFile, page, reloadWindow, runCommand, server, tab, webviewFrame, webviewIsNoted } = world;
  await page.setViewportSize({ width: 1400, height: 800 });
  let inspector = await trainOn(world, 'mlp-part2');
  await inspector.getByRole('button', { name: /^Stop/ }).click();
  await inspector.locator('.run-bar[data-status="stopped"]').waitFor();

  await inspector.locator('.chart.zoomable').press('+');
  const zoomed = await inspector.getByText(/^Steps [\d,]+ to [\d,]+:/).textContent();
  await runCommand(page, 'Makemore: Restart with Other Hyperparameters');
  await inspector.getByText('More hyperparameters').click();
  await inspector.getByLabel(/hidden width/).fill('6x');
  await inspector.getByText(/hidden width .* must be/).waitFor();
  const place = await placeOf(inspector);
  assert.ok(place.scroll > 200, 'it is scrolled');
  await page.waitForTimeout(500); // nobody is quicker
  await world.screenshot('before');

  const isAsBefore = async what => {
    inspector = webviewFrame(page);
    const field = inspector.getByLabel(/hidden width/);
    await inspector.getByText(/hidden width .* must be/).waitFor();
    assert.equal(await field.inputValue(), '6x', what);
    await inspector.getByText(zoomed, { exact: true }).waitFor({ state: 'attached' });
    assert.ok(await inspector.locator('.hyperparameter-form details').evaluate(({ open }) => open), what);
    const now = await placeOf(inspector);
    // After a reload the page has less to show, so that it may end sooner.
    assert.ok(Math.abs(now.top - place.top) < 100, `${what}: the form is at ${now.top}, and was at ${place.top}`);
  };

  await openFile(page, 'names.txt'); // in the group of the inspector, which has the focus
  await inspector.locator('.run-bar').waitFor({ state: 'hidden' });
  await inspectorTabs(page).first().click();
  await isAsBefore('hidden and shown');
  await inspector.locator('#hyperparameter-nHidden:focus').waitFor();
  await world.screenshot('shown');

  await runCommand(page, 'View: Move Editor into Previous Group');
  await isAsBefore('moved');

  await webviewIsNoted(page, 'makemore.inspector');
  await reloadWindow(page);
  await isAsBefore('reloaded');

  process.kill(server.extensionHosts().at(-1), 'SIGKILL');
  await page.waitForTimeout(4000);
  await tab(page, 'names.txt').first().click();
  await inspectorTabs(page).first().click();
  await isAsBefore('without its extension host');
}

/** @returns how far the page is scrolled, and where the form is in the window, in CSS pixels */
async function placeOf(inspector) {
  return inspector.locator('.hyperparameter-form').evaluate(form => {
    const { document, scrollY } = form.ownerDocument.defaultView;
    return { scroll: scrollY, top: document.querySelector('#hyperparameter-nHidden').getBoundingClientRect().top };
  });
}
