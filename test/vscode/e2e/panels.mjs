// Every panel that shows what a model learns moves while the model trains.
import { trainOn } from './steps/inspector.mjs';

export const title = 'every panel moves while a model trains';

/** By preset: the panels that it is trained for here. What a net makes of the bigrams is another scenario's. */
const panelsOf = {
  'deep-part3-batchnorm': [
    'loss',
    'activations',
    'gradients',
    'updates',
    'samples',
    'embedding',
    'predictions',
    'saturation',
    'batchnorm',
    'batch',
  ],
  'wavenet-part5-fixed': ['tree'],
  'makemore-transformer': ['attention'],
};

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { page, runCommand, screenshot } = world;
  await page.setViewportSize({ width: 1400, height: 1000 });
  for (const [preset, panels] of Object.entries(panelsOf)) {
    const inspector = await trainOn(world, preset);
    await inspector.getByRole('button', { name: 'Unfold all panels' }).click();
    for (const panel of panels) {
      const show = () => inspector.locator(`#${panel}`).evaluate(section => section.scrollIntoView());
      await show();
      await moves(inspector, panel);
      await show(); // what stands above it may have grown
      await screenshot(panel);
    }
    await runCommand(page, 'Makemore: Stop Training');
    await inspector.locator('.run-bar[data-status="stopped"]').waitFor();
  }
}

/** Waits until a panel shows a picture, and then another one. */
async function moves(inspector, panel) {
  const section = inspector.locator(`#${panel}`);
  const seen = new Set();
  for (const end = Date.now() + 20_000; seen.size < 2;) {
    const picture = await section.evaluate(pictureOf);
    if (picture) seen.add(picture);
    if (Date.now() > end) throw new Error(`${panel} does not move: it has shown ${seen.size} pictures`);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** What a panel shows, without its words: its canvases, and what stands in lists and tables. */
function pictureOf(section) {
  const canvases = [...section.querySelectorAll('canvas')].filter(({ width, height }) => width * height > 0);
  const cells = [...section.querySelectorAll('td, li, output')].map(({ textContent }) => textContent);
  return [...canvases.map(canvas => canvas.toDataURL()), ...cells].join();
}
