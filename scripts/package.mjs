// Packages the extension as out/makemore.vsix. It must have been built. By hand: node scripts/package.mjs
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRepository, out, repository } from '../test/vscode/harness/places.mjs';
import { isMain } from '../test/vscode/harness/script.mjs';

const largest = 3_000_000;

/** Makes the .vsix and returns its path; throws when vsce refuses or the package is too large. */
export function packageExtension() {
  const vsix = path.join(out, 'makemore.vsix');
  fs.mkdirSync(out, { recursive: true });
  fs.rmSync(vsix, { force: true });
  const vsce = [inRepository('node_modules/@vscode/vsce/vsce'), 'package'];
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...vsce, ...options], {
    cwd: repository,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`vsce package failed:\n${stdout}${stderr}`);

  const { size } = fs.statSync(vsix);
  console.log(`${path.relative(repository, vsix)}: ${(size / 1e6).toFixed(2)} MB`);
  if (size >= largest) throw new Error(`the package has ${size} bytes, and should stay below ${largest}:\n${stdout}`);
  return vsix;
}

if (isMain(import.meta.url)) packageExtension();
