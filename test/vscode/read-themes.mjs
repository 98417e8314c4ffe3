// Writes webview/dev/themes.ts: the variables and the class that VS Code gives a webview in each of the four kinds of
// theme, as far as the inspector uses them. Run it again where it begins to use another:
//   node test/vscode/read-themes.mjs      (after npm run build)
import fs from 'node:fs';
import prettier from 'prettier';
import { launchBrowser } from './harness/browser.mjs';
import { makeNamesFolder } from './harness/folder.mjs';
import { getVSCode, newest } from './harness/get-vscode.mjs';
import { newPage } from './harness/page.mjs';
import { inRepository, repository } from './harness/places.mjs';
import { startServer } from './harness/server.mjs';
import { openWorkbench, runCommand, setTheme, themes, webviewFrame } from './harness/workbench.mjs';

const file = inRepository('webview/dev/themes.ts');
const used = variablesUsed();
const read = await readThemes();
const text = `/**
 * What VS Code ${newest.replace('4.', '1.')} gives a webview to look like its themes, as far as the inspector uses it.
 * Read from a real one by test/vscode/read-themes.mjs.
 */
export const themes = ${JSON.stringify(read)} as const;

export type ThemeName = keyof typeof themes;
`;
fs.writeFileSync(file, await prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file }));
process.exit(0);

/** Every variable of VS Code's that a style sheet or a script of the inspector names. */
function variablesUsed() {
  const files = fs.readdirSync(inRepository('webview'), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter(name => /\.(ts|css)$/.test(name) && !name.startsWith('dev'))
    .map(name => fs.readFileSync(inRepository('webview', name), 'utf8'));
  return [...new Set(texts.join('\n').match(/--vscode-[\w-]+/g))].sort();
}

/** By the kind of theme, as a webview's class names it: `dark`, `light`, `high-contrast`, `high-contrast-light`. */
async function readThemes() {
  const { folder, remove } = makeNamesFolder();
  const server = await startServer(await getVSCode());
  const browser = await launchBrowser();
  try {
    const page = await newPage(browser, server, { extensions: [repository] });
    await openWorkbench(page, server, folder);
    await runCommand(page, 'Makemore: Show Inspector');
    await webviewFrame(page).locator('main').waitFor();
    const kinds = {};
    for (const [name, { label }] of Object.entries(themes)) {
      await setTheme(page, name);
      const { className, ...theme } = await readTheme(webviewFrame(page), label);
      kinds[className.split(' ').at(-1).replace('vscode-', '')] = { label, className, ...theme };
    }
    return kinds;
  } finally {
    await browser.close();
    await server.stop();
    remove();
  }
}

/** @param {import('playwright-core').FrameLocator} webview */
async function readTheme(webview, label) {
  await webview.locator(`body[data-vscode-theme-name="${label}"]`).waitFor();
  return webview.locator('body').evaluate((body, names) => {
    const { style } = document.documentElement;
    // all colors of charts: a new panel takes one that no other has
    const set = [...style].filter(name => names.includes(name) || name.startsWith('--vscode-charts-')).sort();
    const classes = body.className.split(' ').filter(name => /^vscode-(dark|light|high-contrast)/.test(name));
    return {
      className: classes.sort().join(' '),
      variables: Object.fromEntries(set.map(name => [name, style.getPropertyValue(name)])),
    };
  }, used);
}
