// The extension host is killed while it trains, three times; what comes out is what would have come out without.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRepository } from '../harness/places.mjs';
import { trainOn } from './steps/inspector.mjs';
import { checkpointWith, picturesSince, readRun, runsFolder } from './steps/kept-runs.mjs';

export const title = 'a run whose extension host is killed three times ends with the losses of one that ran through';
export const fresh = true;

const preset = 'makemore-mlp'; // its steps take some 10 s
const steps = 20_000;
const kills = 3;

/** @param {import('../e2e.mjs').World} world */
export async function run(world) {
  const { folder, namesFile, notification, openContextMenuItem, page, runCommand, server, treeItem, webviewFrame } =
    world;
  await page.setViewportSize({ width: 1400, height: 900 });
  fs.rmSync(runsFolder(server), { recursive: true, force: true }); // what the scenarios before have left
  await runCommand(page, 'Makemore: Focus on Runs View');
  const started = Date.now();
  await trainOn(world, preset);
  const whole = path.join(folder, 'uninterrupted');
  const reference = trainThrough(server, namesFile, whole);
  const row = treeItem(page, 'MLP (makemore.py) on names.txt');

  await picturesSince(server, started);
  const { id } = await checkpointWith(server, 'there', ({ step }) => step > 0);
  let reached = 0;
  for (let kill = 1; kill <= kills; kill++) {
    await checkpointWith(server, `past ${reached}`, run => run.id === id && run.step > reached);
    const step = await stepInStatusBar(page);
    process.kill(server.extensionHosts().at(-1), 'SIGKILL');
    const kept = await checkpointWith(server, 'kept', run => run.id === id);
    const seconds = (Date.now() - kept.written) / 1000;
    console.log(
      `    kill ${kill}: at step ${step}, kept ${kept.step}, so ${Math.max(0, step - kept.step)} steps lost, ${seconds.toFixed(1)} s after the checkpoint`,
    );
    assert.ok(kept.status === 'running' && kept.step < steps, `not finished before kill ${kill}`);
    assert.equal(kept.losses.length, kept.step);
    // The third time in five minutes VS Code asks.
    if (kill === kills)
      await (
        await notification(page, /terminated unexpectedly 3 times/)
      )
        .getByRole('button', { name: /^Restart/ })
        .click();
    await row.filter({ hasText: 'interrupted' }).waitFor({ timeout: 40_000 });
    if (kill === 1) {
      await webviewFrame(page)
        .getByText(/^Stopped by the reload at step/)
        .waitFor();
      await world.screenshot('interrupted');
    }
    await openContextMenuItem(page, row, 'Resume Run');
    await row.filter({ hasText: 'training' }).waitFor();
    reached = kept.step;
  }
  await webviewFrame(page).locator('.run-bar[data-status="finished"]').waitFor({ timeout: 60_000 });
  await world.screenshot('finished');
  const killed = await checkpointWith(server, 'finished', run => run.id === id && run.status === 'finished');
  assert.equal(killed.losses.length, steps);
  await reference;
  const { engine, losses } = readRun(whole);
  assert.equal(killed.engine, engine);
  assert.ok(
    Buffer.from(killed.losses.buffer).equals(Buffer.from(losses.buffer)),
    'the losses are those of a run without kills',
  );
}

/** The same in a terminal, without a stop; on the same Node, since the last digits depend on its WebAssembly. */
function trainThrough({ node }, namesFile, folder) {
  const args = ['-i', namesFile, '--preset', preset, '-o', folder, '--num-samples', '0'];
  const child = spawn(node, [inRepository('dist/cli.js'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', bytes => (said += bytes));
  const done = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code =>
      code === 0 ? resolve() : reject(new Error(`the command line ended with ${code}: ${said}`)),
    );
  });
  done.catch(() => {}); // it is awaited at the end
  return done;
}

async function stepInStatusBar(page) {
  const text = await page
    .locator('.statusbar-item')
    .filter({ hasText: /step [\d,]+ · loss/ })
    .textContent();
  return Number(/step ([\d,]+)/.exec(text)[1].replaceAll(',', ''));
}
