// What a person does in VS Code, for scenarios that need not know its DOM. Texts are strings (a part of the text is
// enough, but a command's title is told in full) or regular expressions.
import { setTimeout as delay } from 'node:timers/promises';

/** The four kinds of theme, and the class that the workbench carries under each. */
export const themes = {
  'Default Dark Modern': 'vs-dark',
  'Default Light Modern': 'vs',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
};

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 */

/**
 * Shows VS Code on a folder, with a file open, and waits until it can be worked with.
 * @param {Page} page
 * @param {import('./server.mjs').Server} server
 * @param {string} folder
 * @param {string} [file] an absolute path
 */
export async function openWorkbench(page, server, folder, file) {
  const address = new URL(server.base);
  address.searchParams.set('folder', folder);
  if (file) {
    const payload = [['openFile', `vscode-remote://${address.host}${file}`]];
    address.searchParams.set('payload', JSON.stringify(payload));
  }
  await page.goto(address.href);
  await page.locator('.monaco-workbench').waitFor();
  if (file) await page.locator('.monaco-workbench .editor-instance .view-lines').first().waitFor();
}

/**
 * Runs a command from the palette.
 * @param {Page} page
 * @param {string} title as the palette shows it, such as `Makemore: Stop`
 */
export async function runCommand(page, title) {
  // a palette opened before the extensions are known never gets to show their commands
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const row = await commandRow(page, title);
    if (row) return row.click();
    await page.keyboard.press('Escape');
    await delay(250);
  }
  throw new Error(`the palette does not show "${title}"`);
}

/** Whether the palette offers a command now. */
export async function hasCommand(page, title) {
  const row = await commandRow(page, title);
  await page.keyboard.press('Escape');
  return row !== undefined;
}

async function commandRow(page, title) {
  await page.keyboard.press('F1');
  await quickInput(page).fill(`>${title}`);
  const exactly = new RegExp(`^${escaped(title)}(,|$)`);
  const row = page.getByRole('option', { name: exactly }).first();
  const found = await row.waitFor({ timeout: 2000 }).then(
    () => true,
    () => false,
  );
  return found ? row : undefined;
}

const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The text field of the quick pick or input box that is open. */
export function quickInput(page) {
  return page.locator('.quick-input-widget:visible .quick-input-box input');
}

/** Chooses an item of the quick pick that is open. */
export async function pickQuickItem(page, text) {
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
}

/** The labels of the quick pick that is open, as a screen reader would say them. */
export async function quickItems(page) {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.first().waitFor();
  return rows.evaluateAll(elements => elements.map(element => element.getAttribute('aria-label')));
}

/** Answers the input box that is open. */
export async function answerInputBox(page, text) {
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

/**
 * Right-clicks and chooses an item of the menu; works in webviews, editors, trees and tabs.
 * @param {Page} page
 * @param {Locator} target
 * @param {...string} labels one label, or the way through submenus
 */
export async function openContextMenuItem(page, target, ...labels) {
  await target.click({ button: 'right' });
  for (const label of labels.slice(0, -1)) await menuItem(page, label).hover();
  await menuItem(page, labels.at(-1)).click();
}

/** The labels of a context menu, which is closed again. */
export async function contextMenuItems(page, target) {
  await target.click({ button: 'right' });
  const items = page.locator('.monaco-menu .action-menu-item .action-label');
  await items.first().waitFor();
  const labels = await items.allTextContents();
  await page.keyboard.press('Escape');
  return labels;
}

function menuItem(page, label) {
  const exactly = page.locator('.action-label').and(page.getByText(label, { exact: true }));
  return page.locator('.monaco-menu .action-menu-item').filter({ has: exactly }).first();
}

/** Waits for a notification; its locator. */
export async function notification(page, text) {
  const toast = page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
  await toast.waitFor();
  return toast;
}

/** Presses a button of a notification. */
export async function pressNotificationButton(page, text, button) {
  const toast = await notification(page, text);
  await toast.getByRole('button', { name: button, exact: true }).click();
}

/** The texts of the notifications that show now. */
export function notifications(page) {
  return page.locator('.notifications-toasts .notification-list-item-message').allTextContents();
}

/** A status bar entry, by the id its extension gave it or by its text. */
export function statusBarItem(page, idOrText) {
  const entries = page.locator('.statusbar-item');
  const byText = entries.filter({ hasText: idOrText });
  return (typeof idOrText === 'string' ? page.locator(`.statusbar-item[id$=".${idOrText}"]`).or(byText) : byText).first();
}

/** The document inside a webview that shows; index when there are several. */
export function webviewFrame(page, index = 0) {
  const outer = page.locator('iframe.webview.ready:visible').nth(index).contentFrame();
  return outer.locator('iframe#active-frame').contentFrame();
}

/** A row of a tree view. */
export function treeItem(page, text) {
  return page.getByRole('treeitem').filter({ hasText: text }).first();
}

/** An editor's tab. */
export function tab(page, text) {
  return page.locator('.tabs-container .tab').filter({ hasText: text }).first();
}

/** The lines that the active text editor shows. */
export async function editorLines(page) {
  const lines = page.locator('.editor-group-container.active .editor-instance .view-line');
  const boxes = await lines.evaluateAll(elements =>
    elements.map(element => ({ top: Number.parseInt(element.style.top), text: element.textContent })),
  );
  return boxes.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' '));
}

/** Presses a button of the modal dialog that is open. */
export async function pressDialogButton(page, label) {
  await page.locator('.monaco-dialog-box').getByRole('button', { name: label, exact: true }).click();
}

/** Opens a file of the folder in the active editor group. */
export async function openFile(page, name) {
  await page.keyboard.press('Control+P');
  await quickInput(page).fill(name);
  await pickQuickItem(page, name);
  await tab(page, name).waitFor();
}

/** Changes the theme by the user's settings and waits until the workbench wears it. */
export async function setTheme(page, server, name) {
  server.changeSettings({ 'workbench.colorTheme': name });
  await page.locator(`.monaco-workbench.${themes[name]}`).waitFor();
}

/** Closes every editor, unsaved ones too, and every notification and menu. */
export async function tidy(page) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Notifications: Clear All Notifications');
  await runCommand(page, 'View: Close All Editors');
  const dialog = page.locator('.monaco-dialog-box');
  const empty = page.locator('.monaco-workbench.nomaineditorarea, .editor-group-container.empty');
  while ((await empty.count()) === 0) {
    await dialog.or(empty).first().waitFor();
    if (await dialog.isVisible()) await pressDialogButton(page, "Don't Save");
  }
}
