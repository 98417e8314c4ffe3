// What a person does in VS Code, for scenarios that need not know its DOM. A text may be a part of the whole, or a
// regular expression; a label is the whole.
import { setTimeout as delay } from 'node:timers/promises';
import { addressOf } from './addresses.mjs';
import { runCommand } from './quick-input.mjs';

export * from './quick-input.mjs';

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
  await page.goto(addressOf(server, folder, file).href);
  await page.locator('.monaco-workbench').waitFor();
  if (file) await page.locator('.monaco-workbench .editor-instance .view-lines').first().waitFor();
}

/** Waits until VS Code has noted that a webview is open. It notes such things every five seconds, not when it is reloaded. */
export async function webviewIsNoted(page, viewType) {
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(100)) {
    if (await page.evaluate(isNoted, viewType)) return;
  }
  throw new Error(`VS Code has not noted ${viewType}`);
}

/** In the page: whether the database with the state of the workspace has the text among the editors that are open. */
async function isNoted(text) {
  const { indexedDB } = globalThis;
  const settled = request =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const names = (await indexedDB.databases()).map(({ name }) => name);
  for (const name of names.filter(name => name.startsWith('vscode-web-state-db'))) {
    const database = await settled(indexedDB.open(name));
    const items = database.transaction('ItemTable').objectStore('ItemTable');
    const editors = await settled(items.get('memento/workbench.parts.editor'));
    database.close();
    if (String(editors).includes(text)) return true;
  }
  return false;
}

/** Loads the page anew, as F5 in a browser does. With a file to open in its address VS Code would open nothing else. */
export async function reloadWindow(page) {
  await page.evaluate(() => {
    const address = new URL(window.location.href);
    address.searchParams.delete('payload');
    window.history.replaceState(null, '', address);
  });
  await page.reload();
  await page.locator('.monaco-workbench').waitFor();
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
  // a menu that has just opened takes no click for a tenth of a second
  await menuItem(page, labels.at(-1)).click({ delay: 200 });
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
  return (
    typeof idOrText === 'string' ? page.locator(`.statusbar-item[id$=".${idOrText}"]`).or(byText) : byText
  ).first();
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

/** Names the run that it shows, if there is one. */
const inspectorTitle = /Makemore| · /;

/** The tabs of inspectors, of which there should be one. */
export function inspectorTabs(page) {
  return page.locator('.tabs-container .tab').filter({ hasText: inspectorTitle });
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

/** Closes every editor, unsaved ones too, and every notification and menu. */
export async function tidy(page) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const isTraining = page.locator('.statusbar-item').filter({ hasText: /step [\d,]+ · loss/ });
  if ((await isTraining.count()) > 0) await runCommand(page, 'Makemore: Stop Training'); // another run would ask first
  await runCommand(page, 'Notifications: Clear All Notifications');
  await runCommand(page, 'View: Close All Editors');
  const dialog = page.locator('.monaco-dialog-box');
  const empty = page.locator('.monaco-workbench.nomaineditorarea, .editor-group-container.empty');
  while ((await empty.count()) === 0) {
    await dialog.or(empty).first().waitFor();
    if (await dialog.isVisible()) await pressDialogButton(page, "Don't Save");
  }
}
