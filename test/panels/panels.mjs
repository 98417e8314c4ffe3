// The tests of the panels: every recording in the inspector's own page, in a Chromium.
//   node test/panels/panels.mjs [part of a recording's id]
import { ensureRecordings } from '../recordings/record.mjs';
import { accessibilityViolations } from '../vscode/e2e/steps/accessibility.mjs';
import { finish } from '../vscode/harness/script.mjs';
import {
  badPictures,
  bitmaps,
  blurredPictures,
  emptyPanels,
  missingPictures,
  missingTables,
  mixedDirections,
  moving,
  operate,
  overflowing,
} from './checks.mjs';
import { drawn, startDevPage, tall, themeNames } from './dev-page.mjs';
import {
  highButtons,
  idleScreen,
  lineOfPanels,
  matrixTip,
  newestNames,
  rewardInSight,
  shortSentences,
  steadyBar,
} from './first-screen.mjs';
import { alertedPanelsFirst, alertLine, focusStays, nextStepsLine } from './front-line.mjs';
import { forcedColors, headerWords, largeFont } from './every-screen.mjs';
import { brokenPanels, lookedAt, otherHeads, restoredTrigrams, typedNumbers, typedPrefix } from './rare-states.mjs';

/** These are looked at in every theme; each of the others in one. */
const main = ['bigram-counts', 'mlp-part2', 'deep-part3-batchnorm'];
const widths = [221, 400, 521, 900];
/** MLPs with the weights as drawn, most of whose tanhs are saturated; where the loss explodes, that is said alone. */
const drawnTooLarge = [
  'mlp-five-words',
  'mlp-part2',
  'mlp-part3-original',
  'many-characters',
  'range-test',
  'overfit',
  'paused',
  'reloaded',
  'died',
];
/** Into so many parts a recording is cut when it is played; the main ones into more. */
const parts = 6;
const mainParts = 20;
const pagesAtOnce = 2;
/** Its plane follows the one before, so that nothing flips: how it looks depends on what was seen. */
const followsItself = /embedding$/;

const counts = { passed: 0, failed: 0 };
const ids = await ensureRecordings(id => id.includes(process.argv[2] ?? ''));
const devPage = await startDevPage();
try {
  const root = new URL(devPage.address).origin;
  const open = ['/', '/dev/', '/recordings/index.json'].map(async name => ((await fetch(root + name)).ok ? name : []));
  report('the server answers nobody who does not know its path', (await Promise.all(open)).flat(), 0);
  await testRareStates();
  const waiting = ids.map((id, i) => () => testRecording(id, main.includes(id) ? themeNames : [themeNames[i % 4]]));
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: pagesAtOnce }, worker));
} finally {
  await devPage.stop();
}
finish(counts);

/** By the recordings that each shows. */
async function testRareStates() {
  const tests = [
    ['deep-part3-batchnorm', 'a panel that throws says so in its place', brokenPanels],
    ['makemore-transformer', 'the heads of another model have its names', otherHeads],
    ['reloaded', 'the trigrams that are left are those that are chosen', restoredTrigrams],
    ['mlp-part2', 'a run that is looked at is told of, and controls nothing', lookedAt],
    ['mlp-part2', 'a prefix keeps the space behind it', typedPrefix],
    ['mlp-part2', 'numbers are read as people write them, and others are quoted', typedNumbers],
    ['mlp-part2', 'before anything trains, the page says what to do', idleScreen],
    ['mlp-part2 compared', 'the bar stands still, whatever the run does', steadyBar],
    ['mlp-part2 deep-part3-batchnorm', 'the curve and the names are in sight first', rewardInSight],
    [
      'deep-part3-batchnorm bigram-counts makemore-transformer wavenet-part5',
      'what to look for is one short sentence',
      shortSentences,
    ],
    [
      'deep-part3-batchnorm bigram-counts makemore-transformer compared',
      'whatever can be pressed is 24 pixels high',
      highButtons,
    ],
    ['bigram-counts', 'a cell is told at the pointer and above the matrix', matrixTip],
    ['failed-start deep-part3-batchnorm', 'the list of panels is one line', lineOfPanels],
    ['mlp-part2', 'what is wrong is told in a line, with its remedy', alertLine],
    ['mlp-part3-original', 'panels with an alert come first in their list', alertedPanelsFirst],
    ['mlp-part2', 'an alert takes the focus from nobody', focusStays],
    ['deep-part3-batchnorm overfit', 'a finished run has next steps', nextStepsLine],
    ['deep-part3-batchnorm', 'colors that the system forces tell as much', forcedColors],
    ['deep-part3-batchnorm bigram-counts long-names', 'texts follow a large font, and nothing sticks out', largeFont],
    ['mlp-part2', 'the header says when a run is evaluated, and the folder of a file where it takes that', headerWords],
    ['mlp-part2', 'the newest names come by themselves, and wait while others were drawn', newestNames],
  ];
  for (const [shown, title, check] of tests) {
    if (!shown.split(' ').every(id => ids.includes(id))) continue;
    const page = await devPage.newPage();
    const started = performance.now();
    report(title, await check(page, devPage).catch(error => [error.stack]), performance.now() - started);
    await page.close();
  }
}

/** Plays a recording with every panel open and looks at what is there in the end. */
async function testRecording(recording, themes) {
  const page = await devPage.newPage();
  const errors = [];
  page.on('pageerror', error => errors.push(error.stack));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const test = async (title, check) => {
    const started = performance.now();
    const problems = await check().catch(error => [error.stack]);
    report(`${recording}: ${title}`, problems, performance.now() - started);
  };

  const shown = { recording, theme: themes[0], width: 1400 };
  const frame = await devPage.show(page, { ...shown, at: 0 });
  await test('is drawn as it is played', async () => {
    await play(page, frame, main.includes(recording) ? mainParts : parts);
    return emptyPanels(frame);
  });
  await test('warns of its losses where something is wrong, and nowhere else', async () => {
    const warnings = await frame.locator('.front-alert.warning').filter({ hasText: /loss/ }).allTextContents();
    if (recording !== 'exploding') return warnings;
    return warnings.some(text => text.startsWith('The loss explodes')) ? [] : ['no warning'];
  });
  await test('warns of its layers and updates where something is wrong, and nowhere else', async () => {
    const diagnostics = frame.locator('#activations, #gradients, #updates');
    const warnings = await diagnostics.locator('.alert.warning').allTextContents();
    if (!drawnTooLarge.includes(recording)) return warnings;
    return warnings.some(text => /^More than a third of h is saturated/.test(text)) ? [] : ['no warning'];
  });
  await test('every picture has a name and something on it', () => badPictures(frame));
  await test('every picture has a table, which fills when it is opened', () => missingTables(frame));
  await test('names from right to left keep to themselves', async () => {
    const isMissing = recording === 'many-characters' && (await frame.locator('bdi').count()) === 0;
    return isMissing ? ['there are none'] : mixedDirections(frame);
  });
  for (const width of widths) {
    await test(`fits into ${width} pixels`, async () => {
      await page.locator('[name=width]').fill(String(width));
      await page.locator('[name=width]').dispatchEvent('change');
      await drawn(frame);
      return overflowing(frame);
    });
  }
  for (const theme of themes) {
    await test(`is accessible in the theme ${theme}`, async () => {
      await changeTheme(page, frame, theme);
      return accessibilityViolations(frame);
    });
  }
  await test('whatever is set, every picture has something on it', async () => {
    await operate(frame);
    return [...(await emptyPanels(frame)), ...(await badPictures(frame)), ...(await overflowing(frame))];
  });
  if (themes.length > 1) await test('every picture can be saved', () => missingPictures(frame));
  if (themes.length > 1) await testLive(page, test, shown);
  await test('without an error', async () => errors);
  await page.close();
}

/** What a reload, a change of the theme and a wish for less motion do. */
async function testLive(page, test, shown) {
  await test('looks the same played and at once', async () => {
    const frame = await devPage.show(page, { ...shown, at: 0 });
    await play(page, frame, mainParts);
    const played = await settledBitmaps(frame);
    const atOnce = await settledBitmaps(await devPage.show(page, shown));
    const names = Object.keys({ ...played, ...atOnce }).filter(name => !followsItself.test(name));
    return names.filter(name => played[name] !== atOnce[name]);
  });
  await test('every picture is drawn anew in another theme', async () => {
    const frame = await devPage.show(page, { ...shown, theme: 'light' });
    const before = await bitmaps(frame);
    await changeTheme(page, frame, 'dark');
    const after = await bitmaps(frame);
    const themed = Object.keys(before).filter(name => !name.endsWith('the same in every theme'));
    return themed.filter(name => before[name] === after[name]);
  });
  await test('every picture follows the window to a screen of another resolution', async () => {
    const frame = await devPage.show(page, shown);
    const client = await page.context().newCDPSession(page);
    const screen = { width: 1520, height: tall, deviceScaleFactor: 2, mobile: false }; // of the same size no event would come
    await client.send('Emulation.setDeviceMetricsOverride', screen);
    await drawn(frame);
    const problems = await blurredPictures(frame);
    await client.detach();
    return problems;
  });
  await test('nothing moves where less motion is wanted', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const frame = await devPage.show(page, { ...shown, at: 0 });
    await play(page, frame, parts);
    const before = await bitmaps(frame);
    const problems = await moving(frame);
    const after = await bitmaps(frame);
    return [...problems, ...Object.keys(before).filter(name => before[name] !== after[name])];
  });
}

/** The pictures once they stand still: on a busy machine the last part that is played comes late. */
async function settledBitmaps(frame) {
  for (let before = await bitmaps(frame); ;) {
    await new Promise(resolve => setTimeout(resolve, 400));
    const now = await bitmaps(frame);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

async function changeTheme(page, frame, theme) {
  await page.emulateMedia({ reducedMotion: 'reduce' }); // or the colors of buttons change in some frames
  await page.locator('[name=theme]').selectOption(theme);
  await drawn(frame);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
}

/** To the end, in parts that are each drawn. */
async function play(page, frame, parts) {
  await page.evaluate(async parts => {
    const time = document.querySelector('[name=time]');
    for (let part = 1; part <= parts; part++) {
      time.value = (part / parts) * time.max;
      time.dispatchEvent(new Event('input'));
      const { contentDocument: inspector } = document.querySelector('iframe');
      for (let i = 0; i < 2 || inspector.querySelector('[data-drawing]'); i++) await new Promise(requestAnimationFrame);
    }
  }, parts);
  await drawn(frame);
}

function report(title, problems, milliseconds) {
  counts[problems.length > 0 ? 'failed' : 'passed']++;
  console.log(`  ${problems.length > 0 ? '✗' : '✓'} ${title} (${Math.round(milliseconds)} ms)`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '      '));
}
