import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The import table of the house: which modules the files of a folder may name. Everything else is an error, so that
 * the extension host never loads TensorFlow.js, the models never learn of VS Code, and the webview stays free of Node.
 */
const importTable = [
  { files: 'src/shared/**', may: ['\\./'], says: 'src/shared imports nothing outside itself' },
  {
    files: 'src/makemore/*',
    may: ['\\./', '\\.\\./shared/', '@tensorflow/tfjs-core(/dist/public/chained_ops/|$)'],
    says: 'src/makemore imports tfjs-core and shared only',
  },
  {
    files: 'src/makemore/models/*',
    may: ['\\./', '\\.\\./(?!\\.\\.)', '\\.\\./\\.\\./shared/', '@tensorflow/tfjs-core(/dist/public/chained_ops/|$)'],
    says: 'src/makemore imports tfjs-core and shared only',
  },
  {
    files: 'src/engine/*',
    may: ['\\./', '@tensorflow/tfjs(-core|-backend-)'],
    says: 'src/engine imports tfjs-core and its backends only',
  },
  {
    files: 'src/engine/emit/*',
    may: ['\\./', '\\.\\./(calls|operations)$'],
    says: 'src/engine/emit knows calls and operations, and nothing of tfjs',
  },
  {
    files: 'src/store/**',
    may: ['\\./', '\\.\\./shared/', 'node:'],
    says: 'src/store imports shared and node',
  },
  {
    files: 'src/worker/**',
    may: ['\\./', '\\.\\./(makemore|engine|shared|store)/', 'node:'],
    says: 'src/worker imports makemore, engine, shared, store and node',
  },
  {
    files: 'src/cli/cli.ts',
    may: ['\\./(makemore|engine|shared|store|worker)/', '\\./(command-line|terminal-report)$', 'node:'],
    says: 'src/cli.ts imports makemore, engine, shared, store, the worker and node',
  },
  {
    files: 'src/{command-line,terminal-report}.ts',
    may: ['\\./shared/', 'node:'],
    says: 'what the command line is made of imports shared and node',
  },
  {
    files: 'src/*.ts',
    except: 'src/{cli,command-line,terminal-report}.ts',
    may: ['\\./(?!(makemore|engine|worker)/)', 'vscode$', 'node:'],
    says: 'the extension host imports vscode, node, shared and store; the worker only by file path',
  },
  { files: 'webview/draw/**', may: ['\\./', 'chart\\.js'], says: 'webview/draw imports nothing of ours' },
  {
    files: 'webview/panels/**',
    may: ['\\./', '\\.\\./draw/', '\\.\\./\\.\\./src/shared/'],
    says: 'webview/panels imports draw and shared only',
  },
  {
    files: 'webview/*.ts',
    may: ['\\./', '\\.\\./src/shared/', '@vscode/codicons/'],
    says: 'webview imports panels, draw and shared only',
  },
  {
    files: 'webview/dev/*.ts',
    may: ['\\./', '\\.\\./panels/', '\\.\\./\\.\\./src/shared/'],
    says: 'the dev page imports panels and shared only: the inspector is a page of its own in it',
  },
];

const table = importTable.map(({ files, except, may, says }) => ({
  files: [files],
  ignores: except ? [except] : [],
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ regex: `^(?!${may.join('|')})`, message: `${says}.` }] }],
  },
}));

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
  ...table,
);
