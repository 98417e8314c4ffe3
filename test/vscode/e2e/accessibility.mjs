// axe-core on the inspector, with everything open, in every kind of theme.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { trainOn } from './steps/inspector.mjs';

export const title = 'the inspector has no accessibility violations that axe-core knows, in four themes';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, setTheme, themes } = world;
  const inspector = await trainOn(world, 'mlp-five-words');
  await inspector.locator('.run-bar[data-status="finished"]').waitFor();
  await inspector.getByRole('button', { name: 'Sample names' }).click();
  await inspector.getByText(/20 names: /).waitFor();
  const closed = inspector.locator('details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();

  for (const theme of Object.keys(themes)) {
    await setTheme(page, theme);
    await page.waitForTimeout(300);
    // Evaluated by the browser's debugger, which the page's Content-Security-Policy does not concern.
    const violations = await inspector.locator('main').evaluate(async (_, source) => {
      (0, eval)(source);
      const { violations } = await globalThis.axe.run(document);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`);
    }, axe);
    assert.deepEqual(violations, [], theme);
  }
  await setTheme(page, 'Default Dark Modern');
}
