// A panel's picture, from its context menu to a file.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { trainOn } from './steps/inspector.mjs';

export const title = 'the picture of a panel is saved from its context menu; what has no picture offers none';

const item = 'Save Picture as PNG…';

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, folder, acceptQuickInput, contextMenuItems, openContextMenuItem, quickInputSays, runCommand } = world;
  const inspector = await trainOn(world, 'bigram-counts');
  const matrix = inspector.getByRole('application', { name: /bigrams/ });
  await matrix.waitFor();
  await openContextMenuItem(page, inspector.locator('#bigrams-heading'), item);
  // the dialog shows the root of all folders until it has listed the right one
  const file = path.join(folder, 'names-bigram-counts-bigrams.png');
  await quickInputSays(page, file);
  await acceptQuickInput(page);
  await page.getByText('picture saved').waitFor();
  const png = fs.readFileSync(file);
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const { width: shown } = await inspector.locator('#bigrams').boundingBox();
  assert.ok(width >= shown && height > shown / 2, `${width} × ${height} of a panel that is ${shown} wide`);

  const ofMatrix = await contextMenuItems(page, matrix);
  assert.ok(
    ofMatrix.includes(item) && ofMatrix.includes('Sample Names with a Bigram'),
    'a cell keeps its own commands',
  );
  await runCommand(page, 'Makemore: Sample Names');
  const list = inspector.getByRole('list', { name: 'Sampled names' });
  await list.waitFor();
  assert.ok(!(await contextMenuItems(page, list)).includes(item));
}
