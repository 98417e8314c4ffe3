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
  loader: { '.py': 'text' }, // what is exported with a model
  logLevel: 'warning',
};

/** @type {Record<string, import('esbuild').BuildOptions>} */
const bundles = {
  extension: {
    entryPoints: { extension: 'src/host/extension.ts' },
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
  },
  // tfjs-core's `main` is a bundle that cannot be shaken; its modules can, but know no gradients until imported.
  worker: {
    entryPoints: { worker: 'src/worker/thread.ts', cli: 'src/cli/cli.ts' },
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

/** With --watch, the bundles that are still being built. */
const building = new Set(Object.keys(bundles));

/**
 * Says when building begins and when every bundle is done: F5 waits for that line (.vscode/tasks.json).
 * @returns {import('esbuild').Plugin}
 */
function announcer(bundle) {
  return {
    name: 'announcer',
    setup(build) {
      build.onStart(() => {
        if (building.size === 0) console.log('[watch] build started');
        building.add(bundle);
      });
      build.onEnd(() => {
        building.delete(bundle);
        if (building.size === 0) console.log('[watch] build finished');
      });
    },
  };
}

/** The WebAssembly that tfjs loads from beside the script. */
function copyWasm() {
  const from = path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    fs.copyFileSync(path.join(from, file), path.join('dist', file));
}

/** The licenses of every package of which something stands in the bundles. */
function writeNotices(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(output => Object.keys(output.inputs)),
  );
  const packages = new Set(inputs.map(file => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean));
  const notices = [...packages].sort().map(name => {
    const folder = path.join('node_modules', name);
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(folder).find(entry => /^licen[cs]e(\.|$)/i.test(entry));
    // The packages of tfjs bring no copy of their license, Apache 2.0, but `long`, which they depend on, does;
    // seedrandom has its license in the README.
    const text = file
      ? path.join(folder, file)
      : license === 'Apache-2.0'
        ? 'node_modules/long/LICENSE'
        : path.join(folder, 'README.md');
    return `${name} ${version} (${license})\n\n${fs.readFileSync(text, 'utf8').trim()}\n`;
  });
  const head = 'Makemore for VS Code contains parts of these packages, under the licenses that follow.\n';
  fs.writeFileSync('dist/THIRD-PARTY-NOTICES.txt', [head, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
}

async function main() {
  fs.rmSync('dist', { recursive: true, force: true });
  fs.mkdirSync('dist/meta', { recursive: true });
  copyWasm();
  if (watch) console.log('[watch] build started');
  const metafiles = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => {
      const context = await esbuild.context({ ...common, ...options, plugins: watch ? [announcer(name)] : [] });
      if (watch) return context.watch();
      const { metafile } = await context.rebuild();
      fs.writeFileSync(`dist/meta/${name}.json`, JSON.stringify(metafile)); // a test reads what went where
      await context.dispose();
      return metafile;
    }),
  );
  if (!watch) writeNotices(metafiles);
}

main().catch(error => {
  if (!error.errors) console.error(error); // what esbuild finds wrong, it has told
  process.exit(1);
});
