// A page that shows the workbench, and the record of everything it asked for.
import { pathOf } from './addresses.mjs';

/**
 * Opens an empty page in a browser context of its own; openWorkbench() makes it show VS Code.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./server.mjs').Server} server
 * @param {object} [development] an extension under development instead of an installed one
 * @param {string[]} development.extensions folders of extensions
 * @param {string} [development.testsPath] a module that exports run(), to be run in the extension host
 */
export async function newPage(browser, server, development) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.base });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  if (development) await page.addInitScript(addDevelopmentOptions, developmentOptions(server, development));
  return page;
}

function developmentOptions(server, { extensions, testsPath }) {
  const remote = file => ({ scheme: 'vscode-remote', authority: new URL(server.base).host, path: pathOf(file) });
  return { extensions: extensions.map(remote), ...(testsPath && { extensionTestsPath: remote(testsPath) }) };
}

/**
 * Runs in the page, before the workbench: it reads its options from an attribute. A built workbench takes an extension
 * under development by no other way, except on a server with --enable-smoke-test-driver, which hides notifications.
 * (Intercepting the request for the page instead makes Chromium block the workbench's WebSocket.)
 */
function addDevelopmentOptions(options) {
  if (window !== window.top) return;
  const getAttribute = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = getAttribute.call(this, name);
    if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration') return value;
    const configuration = JSON.parse(value);
    configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
    return JSON.stringify(configuration);
  };
}

/**
 * Notes what a page asks of hosts other than this machine. Resources of a webview have addresses that look like an
 * outside host's, but the workbench's service worker answers them itself: these do not count.
 * @param {import('playwright-core').Page} page
 * @returns {() => Promise<string[]>} the addresses asked so far
 */
export function recordOutsideRequests(page) {
  const outside = [];
  page.context().on('request', request => {
    // Asked now: once the window is closed, nothing is known of its requests any more.
    if (isOutside(request.url())) outside.push(answeredInside(request).then(inside => (inside ? [] : [request.url()])));
  });
  const sockets = [];
  page.on('websocket', socket => {
    if (isOutside(socket.url())) sockets.push(socket.url());
  });
  return async () => [...(await Promise.all(outside)).flat(), ...sockets];
}

function isOutside(address) {
  const { protocol, hostname } = new URL(address);
  return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && hostname !== 'localhost';
}

async function answeredInside(request) {
  if (request.serviceWorker()) return false;
  const response = await request.response().catch(() => null);
  if (response) return response.fromServiceWorker();
  // A webview, or its window, may go before its resources have come: no response then, and no failure to reach a host.
  const lost = request.failure()?.errorText ?? 'net::ERR_ABORTED';
  return /vscode-resource/.test(new URL(request.url()).hostname) && /ERR_(ABORTED|FAILED)$/.test(lost);
}

/**
 * Notes the errors of our own scripts in webviews, and everything that their Content-Security-Policy has stopped. The
 * workbench's own errors do not count.
 * @param {import('playwright-core').Page} page
 * @returns {string[]} grows while the page lives
 */
export function recordErrors(page) {
  const errors = [];
  // where webviews have their resources from, and the page of the workbench that each webview is written into
  const ofWebview = /vscode-resource|webview\/browser\/pre\//;
  page.on('pageerror', error => {
    if (ofWebview.test(error.stack)) errors.push(error.stack);
  });
  page.on('console', message => {
    if (message.type() === 'error' && ofWebview.test(message.location().url)) errors.push(message.text());
  });
  return errors;
}
