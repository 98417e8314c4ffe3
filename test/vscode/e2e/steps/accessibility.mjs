// axe-core on the inspector, with everything unfolded.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/**
 * The accessibility rules that the inspector breaks now, with the elements that do; none where all is well.
 * @param {import('playwright-core').FrameLocator | import('playwright-core').Frame} inspector
 * @returns {Promise<string[]>}
 */
export async function accessibilityViolations(inspector) {
  // Evaluated by the browser's debugger, which the page's Content-Security-Policy does not apply to until it awaits.
  return inspector.locator('main').evaluate(async (main, source) => {
    if (!globalThis.axe) (0, eval)(source);
    const folded = [...main.querySelectorAll('details:not([open])')];
    for (const details of folded) details.open = true;
    await new Promise(resolve => setTimeout(resolve, 300)); // tables are filled when they are opened
    // The rows of a table are alike, and the 40,000 cells of 200 characters would take half a minute.
    const rows = [...main.querySelectorAll('tbody tr:nth-child(n + 4)')].map(row => ({ row, body: row.parentElement }));
    for (const { row } of rows) row.remove();
    const { violations } = await globalThis.axe.run(document);
    for (const { row, body } of rows) body.append(row);
    for (const details of folded) details.open = false;
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`);
  }, axe);
}
