// Builds what ships into dist/: extension.js (the host), worker.js and cli.js (the models), webview.js and its styles.
//   node esbuild.js [--production] [--watch]
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  outdir: 'dist',
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  legalComments: 'none', // THIRD-PARTY-NOTICES has them
  logLevel: 'warning',
};

/** @type {Record<string, import('esbuild').BuildOptions>} */
const bundles = {
  extension: {
    entryPoints: { extension: 'src/extension.ts' },
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
  },
  // tfjs-core's `main` is a bundle that cannot be shaken; its modules can, but know no gradients until imported.
  worker: {
    entryPoints: { worker: 'src/worker/thread.ts', cli: 'src/cli.ts' },
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['node-fetch'], // tfjs asks for it only where Node has no fetch of its own
  },
  webview: {
    entryPoints: { webview: 'webview/main.ts' },
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
};

/** The WebAssembly that tfjs loads from beside the script. */
function copyWasm() {
  const from = path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    fs.copyFileSync(path.join(from, file), path.join('dist', file));
}

async function main() {
  fs.rmSync('dist', { recursive: true, force: true });
  fs.mkdirSync('dist/meta', { recursive: true });
  copyWasm();
  await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => {
      const context = await esbuild.context({ ...common, ...options });
      if (watch) return context.watch();
      const { metafile } = await context.rebuild();
      fs.writeFileSync(`dist/meta/${name}.json`, JSON.stringify(metafile));
      return context.dispose();
    }),
  );
}

main().catch(() => process.exit(1)); // esbuild has told what is wrong
