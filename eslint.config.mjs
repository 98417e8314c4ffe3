import path from 'node:path';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const tfjs = '@tensorflow/tfjs-core';
const chainedOps = `${tfjs}/dist/public/chained_ops/`;
const backends = ['@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm'];
const training = ['src/makemore/', 'src/engine/', 'src/store/', 'src/reading/', 'src/shared/'];

/** The layers of the extension host, folders of src/host: each may import those before it. */
const hostLayers = ['text', 'session', 'editor', 'inspector', 'commands', 'runs'];
const host = ['vscode', 'node:', 'src/shared/', 'src/host/settings', 'src/host/register-commands', 'src/host/memory'];
const hostFolders = hostLayers.map(name => `src/host/${name}/`);
const hostLayer = name => [...host, ...hostFolders.slice(0, hostLayers.indexOf(name))];

/**
 * The import table of the house: what the files of a folder may import besides each other. Everything else is an error,
 * so that the extension host never loads TensorFlow.js, the models never learn of VS Code, and the webview stays free of
 * Node. A name that ends in `/` or `:` stands for all that begin with it. Later rows go before earlier ones.
 */
const importTable = {
  '{src,webview}/**/*.ts': [], // a folder that has no row yet
  'src/shared': [],
  'src/reading': ['src/shared/', 'papaparse', 'chardet'],
  'src/makemore': ['src/makemore/models/', 'src/shared/', tfjs, chainedOps],
  'src/makemore/models': ['src/makemore/', 'src/shared/', tfjs, chainedOps],
  'src/engine': ['src/engine/emit/', 'src/shared/at', tfjs, `${tfjs}/dist/`, ...backends],
  'src/engine/emit': ['src/engine/calls', 'src/engine/operations', 'src/shared/at'],
  'src/store': ['src/shared/', 'node:'],
  'src/export': ['src/export/python/', 'src/reading/', 'src/store/', 'src/shared/', 'node:'],
  'src/worker': [...training, 'node:'],
  'src/cli': [...training, 'src/worker/', 'node:'],
  'src/host/text': hostLayer('text'),
  'src/host/session': [...hostLayer('session'), 'src/store/'],
  'src/host/editor': [...hostLayer('editor'), 'src/reading/'],
  'src/host/inspector': hostLayer('inspector'),
  'src/host/commands': [...hostLayer('commands'), 'src/reading/'],
  'src/host/runs': [...hostLayer('runs'), 'src/store/', 'src/export/'],
  'src/host': [...host, ...hostFolders, 'src/store/'],
  // for every layer
  'src/host/{settings,memory}.ts': ['vscode', 'src/shared/'],
  'src/host/register-commands.ts': ['vscode', 'src/shared/', 'src/host/text/'],
  webview: [
    'webview/alerts/',
    'webview/panels/index',
    'webview/panels/panel',
    'webview/panels/parts/',
    'webview/draw/',
    'src/shared/',
    '@vscode/codicons/',
  ],
  'webview/dev': ['webview/panels/index', 'src/shared/'],
  'webview/draw': ['src/shared/at'],
  'webview/draw/*': ['webview/draw/', 'src/shared/at', 'chart.js'],
  'webview/alerts': ['webview/panels/parts/activation-rows', 'webview/draw/', 'src/shared/'],
  'webview/panels': ['webview/alerts/', 'webview/panels/', 'webview/draw/', 'src/shared/'],
  'webview/panels/*': [
    'webview/alerts/',
    'webview/panels/parts/',
    'webview/panels/panel',
    'webview/draw/',
    'src/shared/',
  ],
  'webview/panels/parts': ['webview/alerts/', 'webview/panels/panel', 'webview/draw/', 'src/shared/'],
};

/** What VS Code shows through these may become a link, an icon, or Markdown. */
const markupReaders = [
  ...['showErrorMessage', 'showWarningMessage', 'showInformationMessage', 'setStatusBarMessage', 'createStatusBarItem'],
  ...['showQuickPick', 'createQuickPick', 'showInputBox', 'createInputBox', 'withProgress'],
  ...['MarkdownString', 'TreeItem', 'CodeLens', 'Hover', 'InlayHint', 'Diagnostic'],
].map(property => ({ property, message: 'Texts go through src/host/text/surfaces.ts, so that none becomes markup.' }));

/** How a name of the table is written in the files of a folder, as a regular expression. */
function written(name, folder) {
  const isOurs = /^(src|webview)\//.test(name);
  const way = ['.', path.posix.relative(folder, name)].filter(Boolean).join('/').replace('./..', '..');
  const stem = (isOurs ? way : name).replaceAll('.', '\\.');
  if (!/[/:]$/.test(name)) return `${stem}$`;
  return isOurs ? `${stem}/(?!\\.)` : stem; // and not back up again
}

const table = Object.entries(importTable).map(([place, names]) => {
  const isFolder = !place.endsWith('.ts');
  const folder = isFolder ? place : path.posix.dirname(place);
  const allowed = [...(isFolder ? ['\\./[^/]+$'] : []), ...names.map(name => written(name, folder))];
  const regex = allowed.length > 0 ? `^(?!${allowed.join('|')})` : '.';
  const message = `${place} may import ${names.length > 0 ? names.join(', ') : 'nothing from elsewhere'}: see the import table in eslint.config.mjs.`;
  return {
    files: [isFolder ? `${place}/*.ts` : place],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
  };
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './webview/tsconfig.json'] },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }], // code points are our characters
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-non-null-assertion': 'off', // where a sentence beside it says why it cannot be
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, defaultFrom: true, named: true } }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/no-empty-function': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        console: false,
        process: false,
        URL: false,
        Buffer: false,
        setTimeout: false,
        clearTimeout: false,
        require: false,
        module: false,
        __dirname: false,
        setInterval: false,
        clearInterval: false,
        performance: false,
        document: false,
        NodeFilter: false,
        window: false,
        fetch: false,
        getComputedStyle: false,
        Element: false,
        navigator: false,
        Event: false,
        AbortController: false,
        setImmediate: false,
        URLSearchParams: false,
        requestAnimationFrame: false,
        MessageChannel: false,
        Blob: false,
        OffscreenCanvas: false,
        createImageBitmap: false,
      },
    },
  },
  {
    files: ['src/host/**'],
    ignores: ['src/host/text/surfaces.ts'],
    rules: { 'no-restricted-properties': ['error', ...markupReaders] },
  },
  ...table,
);
