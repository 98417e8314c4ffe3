// npm run pictures: the panels of the inspector as pictures, in out/screenshots/panels/<recording>/.
//   --recording deep-part3-batchnorm   --theme light   --panel loss   --width 480   --at 2.5 (seconds; the end, unless told)
//   --keep                             does not remove the pictures of the run before
// Each may be told several times; without it, the recordings below, every theme, every panel, and a wide inspector.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureRecordings } from '../recordings/record.mjs';
import { inRepository, screenshots } from '../vscode/harness/places.mjs';
import { startDevPage, themeNames } from './dev-page.mjs';

const folder = path.join(screenshots, 'panels');
const several = { type: 'string', multiple: true };
const { values } = parseArgs({
  options: {
    recording: several,
    theme: several,
    panel: several,
    width: several,
    at: { type: 'string', default: 'end' },
    keep: { type: 'boolean' },
  },
});
const wanted = values.recording ?? ['bigram-counts', 'mlp-part2', 'deep-part3-batchnorm'];
const recordings = await ensureRecordings(id => wanted.includes(id));
if (!values.keep) fs.rmSync(folder, { recursive: true, force: true });
const { newPage, show, stop } = await startDevPage();
try {
  const page = await newPage();
  page.on('console', message => console.log(`  ${message.type()}: ${message.text()}`));
  page.on('pageerror', error => console.log(`  ${error.stack}`));
  for (const recording of recordings) {
    for (const width of values.width ?? ['1400']) {
      for (const theme of values.theme ?? themeNames) {
        const open = values.panel && { open: values.panel.join() };
        const frame = await show(page, { recording, theme, width, at: values.at, ...open });
        await takePictures(frame, path.join(folder, recording), `${theme}-${width}`);
      }
    }
  }
} finally {
  await stop();
}
process.exit(0);

/** @param {import('playwright-core').Frame} frame */
async function takePictures(frame, folder, suffix) {
  if (!values.panel) await picture(frame.locator('main'), path.join(folder, `all-${suffix}.png`));
  for (const panel of await frame.locator('.section:visible').all()) {
    const id = await panel.getAttribute('id');
    if (values.panel?.includes(id) ?? true) await picture(panel, path.join(folder, `${id}-${suffix}.png`));
  }
}

/** @param {import('playwright-core').Locator} locator */
async function picture(locator, file) {
  await locator.screenshot({ path: file });
  console.log(path.relative(inRepository(), file));
}
