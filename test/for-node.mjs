/**
 * What esbuild needs to bundle TypeScript for a script that runs in Node, as the product is bundled: tfjs from its modules
 * (see esbuild.js), everything else left to Node.
 */
import { repository } from './vscode/harness/places.mjs';

export const forNode = /** @type {const} */ ({
  absWorkingDir: repository,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['node-fetch'],
  loader: { '.css': 'empty' },
  logLevel: 'warning',
});
