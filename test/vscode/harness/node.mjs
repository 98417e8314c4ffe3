// Node 24 from the npm registry, for what this machine's Node is too old for: today's VS Code, and the bench's second row.
import fs from 'node:fs';
import path from 'node:path';
import { cached, unpack } from './npm.mjs';

const platform = `${process.platform}-${process.arch}`;
const version = '24.21.0';
const pin = {
  spec: `node-${platform}@${version}`,
  integrity: {
    'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  }[platform],
};

/**
 * Fetches it into the cache, if it is not there yet.
 * @returns {Promise<{version: string, path: string}>}
 */
export async function fetchNode() {
  if (process.platform !== 'linux') throw new Error(`Node ${version} is fetched for Linux only; this is ${platform}.`);
  const folder = await cached(pin.spec, async unfinished => {
    await unpack(pin, unfinished, ['package/bin/node', 'package/LICENSE', 'package/package.json']);
    fs.chmodSync(path.join(unfinished, 'bin/node'), 0o755);
  });
  return { version, path: path.join(folder, 'bin/node') };
}
