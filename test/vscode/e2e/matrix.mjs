// The bigram matrix: hover and keyboard tell a cell, the context menu samples names that hold its bigram.
import assert from 'node:assert/strict';
import { trainOn } from './steps/inspector.mjs';

export const title =
  'the bigram matrix: readout, names with a bigram, its places in the editor, trigrams, what a net learns';
export const restricted = true;

export const fresh = true;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, openContextMenuItem, screenshot } = world;
  const inspector = await trainOn(world, 'bigram-counts');
  const matrix = inspector.locator('.matrix').first();
  await matrix.scrollIntoViewIfNeeded();

  await matrix.focus();
  for (const key of ['Control+Home', 'ArrowDown', ...Array(14).fill('ArrowRight')]) await page.keyboard.press(key);
  const readout = inspector.locator('#bigram-readout');
  await readout.getByText('an', { exact: true }).waitFor();
  assert.match(await readout.textContent(), /count\d+.*probability0\.\d{4} given a.*rank\d+ of \d+/s);

  const before = await readout.textContent();
  await inspector.getByRole('slider', { name: /smoothing/i }).press('End');
  await inspector.getByText(before, { exact: true }).waitFor({ state: 'detached' });
  assert.notEqual(await readout.textContent(), before, 'the probability follows the smoothing');
  await inspector.getByRole('slider', { name: /smoothing/i }).press('Home');
  await screenshot('readout');

  // Shift+F10 on the cell that the keyboard chose.
  await matrix.focus();
  await page.keyboard.press('Shift+F10');
  const menu = page.locator('.monaco-menu .action-menu-item').filter({ hasText: 'Sample Names with a Bigram' });
  await menu.first().waitFor();
  await screenshot('menu');
  await page.keyboard.press('Escape');

  // The pointer on the same cell: row and column of the characters are what the keyboard has found.
  const position = await centerOf(matrix, { row: 1, column: 14 });
  await inspector.getByRole('heading', { name: 'Bigrams' }).hover();
  await matrix.hover({ position });
  const pointed = JSON.parse(await matrix.getAttribute('data-vscode-context'));
  assert.deepEqual([pointed.first, pointed.second], ['a', 'n']);
  const target = { click: options => matrix.click({ ...options, position }) };
  await openContextMenuItem(page, target, 'Sample Names with a Bigram');
  await inspector.getByText(/20 of [\d,]+ drawn hold “an”/).waitFor();
  const names = await inspector.locator('.samples .characters').allTextContents();
  assert.equal(names.length, 20);
  for (const name of names) assert.ok(name.includes('an'), name);
  await screenshot('names');

  // A click marks the bigram's places in the editor, a name leads to its line, Escape ends it.
  const marks = page.locator('.editor-instance .cdr[class*="TextEditorDecorationType"]');
  await matrix.click({ position });
  await inspector.getByText(/“an” stands in [\d,]+ names/).waitFor();
  await marks.first().waitFor();
  const name = inspector.locator('.places li').last().getByRole('button');
  assert.match(await name.textContent(), /an/);
  const line = (await name.getAttribute('title')).replace('line ', '');
  await screenshot('marked');
  await name.click();
  await page.locator('.active-line-number').getByText(line, { exact: true }).waitFor();
  assert.ok((await marks.count()) > 0, 'they stay where the editor has gone');
  await screenshot('line');
  await matrix.focus();
  await page.keyboard.press('Escape');
  await marks.first().waitFor({ state: 'detached' });
  assert.equal(await inspector.locator('.places li').count(), 0);

  // Trigrams: what follows a character of choice and then each other one.
  await inspector.getByRole('button', { name: 'Trigrams after' }).click();
  await inspector.getByRole('combobox', { name: 'First character of the trigrams' }).selectOption('a');
  await inspector.getByText(/[\d,]+ of [\d,]+ trigrams begin with “a”/).waitFor();
  await matrix.focus();
  for (const key of ['Control+Home', ...Array(14).fill('ArrowDown'), 'ArrowRight', 'Enter'])
    await page.keyboard.press(key);
  await readout.getByText('ana', { exact: true }).waitFor();
  await inspector.getByText(/“ana” stands in [\d,]+ names/).waitFor();
  await marks.first().waitFor();
  await screenshot('trigrams');
  await inspector.getByRole('button', { name: 'Bigrams', exact: true }).last().click();

  // The keepdim trap: columns that sum to 1.
  await inspector.getByRole('button', { name: 'Probability', exact: true }).click();
  await inspector.getByRole('button', { name: 'Columns' }).click();
  await inspector.getByText(/\d\.\d{4} by columns, \d\.\d{4} by rows/).waitFor();
  await inspector.getByText(/keepdim=True.* columns sum to 1/).waitFor();
  await screenshot('columns');

  // What the bigram net has learned: its W beside the logs of the counts, live, with one cursor for both.
  await trainOn(world, 'bigram-net');
  await inspector.getByRole('heading', { name: 'Bigram net' }).waitFor();
  await inspector.getByRole('button', { name: 'Learned W' }).click();
  await inspector.getByRole('heading', { name: 'W, learned' }).waitFor();
  await inspector.getByText(/regularization of W\s+0\.01/).waitFor();
  await matrix.hover({ position: await centerOf(matrix, { row: 1, column: 14 }) });
  await readout.getByText('one-hot("a") @ W is row “a” of W').waitFor();
  assert.match(await readout.textContent(), /W[−\d.]+log count\d\.\d{4}constant[−\d.]+ in row a/);
  const other = inspector.locator('.matrix').nth(1);
  const cell = async of => JSON.parse(await of.getAttribute('data-vscode-context'));
  assert.deepEqual(await cell(other), await cell(matrix));
  await screenshot('learned');
}

/** The middle of a cell, relative to the matrix. */
async function centerOf(matrix, { row, column }) {
  const pixels = matrix.locator('.pixels');
  const [outer, inner] = [await matrix.boundingBox(), await pixels.boundingBox()];
  const cells = await pixels.evaluate(canvas => canvas.width);
  const at = (start, size, index) => start + ((index + 0.5) / cells) * size;
  return {
    x: at(inner.x - outer.x, inner.width, column),
    y: at(inner.y - outer.y, inner.height, row),
  };
}
