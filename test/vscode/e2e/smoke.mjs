// The least: VS Code shows, the names are open, and the palette offers our commands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

export const title = 'the names file is open and the palette offers our commands';
export const restricted = true;

/** @param {import('../e2e.mjs').World} world */
export async function run({ page, tab, editorLines, hasCommand, screenshot }) {
  await tab(page, 'names.txt').waitFor();
  assert.equal((await editorLines(page))[0], 'emma');
  const { contributes } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const { category, title } = contributes.commands[0];
  assert.ok(await hasCommand(page, category ? `${category}: ${title}` : title));
  await screenshot('start');
}
