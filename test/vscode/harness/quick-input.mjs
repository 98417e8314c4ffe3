// The palette, quick picks and input boxes, which are one widget.
import { setTimeout as delay } from 'node:timers/promises';

/** The four kinds of theme: the label in the picker, and the class that the workbench carries. */
export const themes = {
  'Default Dark Modern': { label: 'Dark Modern', class: 'vs-dark' },
  'Default Light Modern': { label: 'Light Modern', class: 'vs' },
  'Default High Contrast': { label: 'Dark High Contrast', class: 'hc-black' },
  'Default High Contrast Light': { label: 'Light High Contrast', class: 'hc-light' },
};

/** @typedef {import('playwright-core').Page} Page */

/**
 * Runs a command from the palette.
 * @param {Page} page
 * @param {string} title as the palette shows it, such as `Makemore: Stop Training`
 */
export async function runCommand(page, title) {
  const row = await commandRow(page, title, 20_000);
  if (!row) throw new Error(`the palette does not show "${title}"`);
  await row.click();
}

/** Whether the palette offers a command; waits a few seconds for one that it does not offer yet. */
export async function hasCommand(page, title, patience = 5000) {
  const row = await commandRow(page, title, patience);
  await page.keyboard.press('Escape');
  return row !== undefined;
}

/** The row of a command in the palette. One opened before the extensions are known never gets to show their commands. */
async function commandRow(page, title, patience) {
  const exactly = new RegExp(`^${escaped(title)}(,|$)`);
  const row = page.getByRole('option', { name: exactly }).first();
  for (const end = Date.now() + patience; Date.now() < end;) {
    await openPalette(page, `>${title}`);
    try {
      await row.waitFor({ timeout: 1000 });
      return row;
    } catch {
      await page.keyboard.press('Escape');
      await delay(250);
    }
  }
  return undefined;
}

/** Ctrl+P would print where a webview has the focus; F1 opens the palette anywhere. */
async function openPalette(page, text) {
  await page.keyboard.press('F1');
  await fillQuickInput(page, text);
}

/** Sets the text without the keyboard: something that takes the focus late would get what is typed. */
export async function fillQuickInput(page, text) {
  await quickInput(page).evaluate((input, value) => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}

const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The text field of the quick pick or input box that is open. */
export function quickInput(page) {
  return page.locator('.quick-input-widget:visible .quick-input-box input');
}

/** Waits until the text field holds a text. */
export async function quickInputSays(page, text) {
  const deadline = Date.now() + 20_000;
  for (let said; said !== text; await delay(100)) {
    said = await quickInput(page).inputValue();
    if (Date.now() > deadline) throw new Error(`the text field says "${said}", not "${text}"`);
  }
}

/** Chooses an item of the quick pick that is open, found by what would be typed: a long list shows its first items only. */
export async function pickQuickItem(page, text) {
  await fillQuickInput(page, text);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
}

/** The labels of the quick pick that is open, as a screen reader would say them. */
export async function quickItems(page) {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.first().waitFor();
  return rows.evaluateAll(elements => elements.map(element => element.getAttribute('aria-label')));
}

/** Enter, in the quick pick or input box that is open. */
export async function acceptQuickInput(page) {
  await quickInput(page).press('Enter');
}

/** Answers the input box that is open. */
export async function answerInputBox(page, text) {
  await fillQuickInput(page, text);
  await acceptQuickInput(page);
}

/** Opens a file of the folder in the active editor group. */
export async function openFile(page, name) {
  await openPalette(page, name);
  await pickQuickItem(page, name);
  await page.locator('.tabs-container .tab').filter({ hasText: name }).first().waitFor();
}

/**
 * Changes the theme and waits until the workbench wears it.
 * @param {Page} page
 * @param {keyof typeof themes} name
 */
export async function setTheme(page, name) {
  const theme = themes[name];
  await runCommand(page, 'Preferences: Color Theme');
  await fillQuickInput(page, theme.label);
  await pickQuickItem(page, theme.label);
  await quickInput(page).waitFor({ state: 'hidden' });
  await page.locator(`.monaco-workbench.${theme.class}`).waitFor();
}
