// npm run bench:panels: what drawing costs, on the deep net with every panel open. Goals that are missed are told and no
// failure: another machine has other figures.
//   --each      and what each panel costs that is open alone, and the page where none is
import { gzipSync } from 'node:zlib';
import { parseArgs } from 'node:util';
import { makeRecordings } from '../recordings/record.mjs';
import { startDevPage, tall } from './dev-page.mjs';
import { measureFirstPicture, measureFrames } from './measure.mjs';

const { each } = parseArgs({ options: { each: { type: 'boolean', default: false } } }).values;
const shown = { recording: 'deep-part3-batchnorm', theme: 'dark', width: 1400 };
const goals = { frame: 10, firstPicture: 300, bytesPerSecond: 2_000_000, bundle: 600_000 };
const firstPictures = 5;

const made = await makeRecordings();
const devPage = await startDevPage({ minify: true });
try {
  console.log(`\nMilliseconds of the processor for each event of ${shown.recording}; goal: p95 under ${goals.frame}`);
  for (const [title, height] of Object.entries({ 'all panels in sight': tall, 'a window 900 high': 900 }))
    printFrames(title, await measureFrames(devPage, { ...shown, height }));
  if (each)
    for (const open of ['none', ...(await panelIds())])
      printFrames(`only ${open}`, await measureFrames(devPage, { ...shown, open }));

  console.log(`\nThe first picture, in milliseconds; goal: ${goals.firstPicture} after the state has come`);
  for (let i = 0; i < firstPictures; i++) {
    const { sinceState, sinceNavigation } = await measureFirstPicture(devPage, shown);
    console.log(
      `  ${sinceState.toFixed(0)} after the state, ${sinceNavigation.toFixed(0)} after the page was asked for`,
    );
  }

  console.log(`\nThe bundle, in KB; goal: ${goals.bundle / 1000} for both`);
  for (const file of ['webview.js', 'webview.css']) {
    const text = Buffer.from(await (await fetch(new URL(file, devPage.address))).arrayBuffer());
    console.log(`  ${file.padEnd(12)} ${kilobytes(text.length)}, ${kilobytes(gzipSync(text).length)} compressed`);
  }
} finally {
  await devPage.stop();
}

console.log(`\nKB per second from the worker with all panels open; goal: ${kilobytes(goals.bytesPerSecond)}`);
for (const { id, bytesPerSecond } of made)
  if (bytesPerSecond !== undefined) console.log(`  ${id.padEnd(22)} ${kilobytes(bytesPerSecond)}`);
process.exit(0);

function printFrames(title, frames) {
  const parts = ['script', 'layout', 'style'];
  const total = frame => parts.reduce((sum, part) => sum + frame[part], 0);
  const sorted = frames.toSorted((a, b) => total(a) - total(b));
  const at = share => sorted[Math.ceil(share * sorted.length) - 1];
  const words = frame => {
    const spent = parts.map(part => `${part} ${frame[part].toFixed(1)}`).join(', ');
    return `${total(frame).toFixed(1)} (${frame.event}: ${spent})`;
  };
  console.log(`  ${title}, ${frames.length} events`);
  for (const [name, share] of Object.entries({ p50: 0.5, p95: 0.95, max: 1 }))
    console.log(`    ${name}  ${words(at(share))}`);
}

async function panelIds() {
  const page = await devPage.newPage();
  const frame = await devPage.show(page, shown);
  const ids = await frame.locator('.section:visible').evaluateAll(sections => sections.map(({ id }) => id));
  await page.close();
  return ids;
}

function kilobytes(bytes) {
  return Math.round(bytes / 1000).toLocaleString('en');
}
