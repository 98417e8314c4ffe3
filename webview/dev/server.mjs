// npm run dev: a page on 127.0.0.1 that plays recorded runs in the inspector, built anew as files are saved.
import esbuild from 'esbuild';
import { serveFolder } from './serve-folder.mjs';
import { ensureRecordings } from '../../test/recordings/record.mjs';
import { out, repository } from '../../test/vscode/harness/places.mjs';
import { isMain } from '../../test/vscode/harness/script.mjs';

/**
 * Serves the page.
 * @param {object} [options]
 * @param {boolean} [options.watch] build anew whenever a file changes
 * @param {boolean} [options.minify] as what ships
 * @param {number} [options.port] any free one, unless told
 * @returns {Promise<{address: string, stop: () => Promise<unknown>}>}
 */
export async function startDevServer({ watch = false, minify = false, port } = {}) {
  const served = await serveFolder(out, port);
  const context = await esbuild.context({
    absWorkingDir: repository,
    entryPoints: [
      { in: 'webview/main.ts', out: 'webview' },
      ...['host.ts', 'page.ts', 'index.css', 'index.html', 'inspector.html'].map(name => ({
        in: `webview/dev/${name}`,
        out: name.replace(/\.\w+$/, ''),
      })),
    ],
    bundle: true,
    minify,
    format: 'esm',
    target: 'chrome128',
    loader: { '.ttf': 'file', '.html': 'copy' },
    assetNames: '[name]',
    sourcemap: minify ? false : 'inline',
    outdir: `${out}/dev`,
    logLevel: 'warning',
    plugins: [{ name: 'changes', setup: build => build.onEnd(served.changed) }],
  });
  await context.rebuild();
  if (watch) await context.watch();
  const stop = () => Promise.all([context.dispose(), served.stop()]);
  return { address: `${served.address}dev/`, stop };
}

if (isMain(import.meta.url)) {
  const { address } = await startDevServer({ watch: true, port: 8640 });
  console.log(`Recorded runs are played at\n\n  ${address}\n\nPress Ctrl+C here to stop.\n`);
  await ensureRecordings();
}
