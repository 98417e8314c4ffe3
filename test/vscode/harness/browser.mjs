// A Chromium: CHROME_PATH, else an installed one, else the one inside the npm package @sparticuz/chromium.
// CHROME_PATH=npm asks for the package's even where there is another.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';
import { firstThere, placesOfBrowser, thisMachine } from './installed.mjs';
import { cached, unpack } from './npm.mjs';

const packaged = {
  spec: '@sparticuz/chromium@153.0.0',
  integrity: 'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
};

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a Chromium without a window; close() it in the end. */
export async function launchBrowser() {
  const { executablePath, env } = await getBrowser();
  return chromium.launch({ executablePath, env, args: flags });
}

/** Where the Chromium is and the environment it needs; fetches it at first use when the machine has none. */
export async function getBrowser() {
  const own = installedBrowser();
  return own ? { executablePath: own, env: process.env } : packagedBrowser();
}

function installedBrowser() {
  const asked = process.env.CHROME_PATH;
  if (asked === 'npm') return undefined;
  if (asked) {
    if (!fs.existsSync(asked)) throw new Error(`CHROME_PATH names ${asked}, which does not exist`);
    return asked;
  }
  return firstThere(placesOfBrowser(thisMachine));
}

/**
 * The package is made for AWS Lambda and unpacks itself into the machine's temporary folder, for good and not safely
 * when interrupted. So its archives are unpacked here, into the cache, and its scripts are not used.
 */
async function packagedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no browser found: install Chromium, Chrome or Edge, or name one in CHROME_PATH');
  }
  const folder = await cached('chromium-153.0.0', async unfinished => {
    await unpack(packaged, unfinished, ['package/bin', 'package/LICENSE', 'package/package.json']);
    const archives = path.join(unfinished, 'bin');
    await inflate(path.join(archives, 'chromium.br'), path.join(unfinished, 'chromium'));
    fs.chmodSync(path.join(unfinished, 'chromium'), 0o755);
    for (const name of ['swiftshader', 'fonts', 'al2023']) {
      const tar = path.join(unfinished, `${name}.tar`);
      await inflate(path.join(archives, `${name}.tar.br`), tar);
      execFileSync('tar', ['xf', tar, '-C', unfinished]);
      fs.rmSync(tar);
    }
    fs.rmSync(archives, { recursive: true });
  });
  const env = { ...process.env };
  if (needsLibraries()) env.LD_LIBRARY_PATH = [path.join(folder, 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  if (needsFonts()) env.FONTCONFIG_FILE = writeFontConfiguration(folder);
  return { executablePath: path.join(folder, 'chromium'), env };
}

async function inflate(archive, file) {
  fs.writeFileSync(file, await promisify(zlib.brotliDecompress)(fs.readFileSync(archive)));
}

/** The package carries libnss3 and its kin for machines without them. */
function needsLibraries() {
  if (process.env.CHROME_LIBS === 'npm') return true;
  const searched = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find(file => fs.existsSync(file));
  return !searched || !execFileSync(searched, ['-p'], { encoding: 'utf8' }).includes('libnss3.so');
}

/** It also carries Open Sans; without any font a screenshot would show no text at all. */
function needsFonts() {
  if (process.env.CHROME_FONTS === 'npm') return true;
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', '.local/share/fonts', '.fonts'];
  return !folders
    .map(folder => path.resolve(os.homedir(), folder))
    .filter(folder => fs.existsSync(folder))
    .some(folder => fs.readdirSync(folder, { recursive: true }).some(file => /\.(ttf|otf|ttc)$/.test(file)));
}

/** The package's own fonts.conf knows the folders of AWS Lambda only. */
function writeFontConfiguration(folder) {
  const file = path.join(folder, 'fonts-here.conf');
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  ];
  fs.writeFileSync(file, lines.join('\n') + '\n');
  return file;
}
