/**
 * Trains a preset on an engine whenever it is asked to: a participant of the bench.
 *
 *     node participant.js ENGINE PRESET NAMES_FILE
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CompiledEngine } from '../../src/engine/compiled-engine';
import { createEngine } from '../../src/engine/create-engine';
import { detectSimd } from '../../src/engine/emit/wasm';
import { at } from '../../src/shared/at';
import { presetById } from '../../src/shared/presets';
import { engineIds } from '../../src/shared/run';
import { createRun } from '../../src/worker/create-run';
import { answerLines, repeatFor } from './lines';

const [engineId, presetId, namesFile] = [at(process.argv, 2), at(process.argv, 3), at(process.argv, 4)];
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const asked = engineIds.find(id => id === engineId);
  if (!asked) throw new Error(`There is no engine ${engineId}.`);
  const compilations = timeCompilations();
  const begun = performance.now();
  const { engine } = await createEngine(asked);
  const creation = performance.now() - begun;
  engine.dispose(); // the run makes its own

  const text = readFileSync(namesFile, 'utf8');
  const { trainer, info } = await createRun(text, basename(namesFile), presetById(presetId), asked);
  const first = performance.now();
  const { loss: firstLoss } = trainer.trainStep();
  const started = {
    engine: info.engine,
    simd: detectSimd(),
    firstLoss,
    compilation: {
      milliseconds: creation + compilations.reduce((sum, milliseconds) => sum + milliseconds, 0),
      // V8 compiles what it can at the first call.
      firstStepMilliseconds: performance.now() - first,
    },
    program: trainer.printProgram(),
  };
  await answerLines(started, question => {
    const { milliseconds } = question as { milliseconds: number };
    let loss = NaN;
    const microseconds = repeatFor(milliseconds, () => (loss = trainer.trainStep().loss));
    return { microseconds, loss };
  });
}

/**
 * Times every program that the compiled engine compiles from now on. A trainer compiles only the training step, until it
 * is asked to evaluate or to draw.
 *
 * @returns milliseconds, one entry for each program as it is compiled
 */
function timeCompilations(): number[] {
  const milliseconds: number[] = [];
  // createRun makes the engine deep inside, and all of createRun is to be timed: so it is the engine's class that is changed.
  const prototype: { compile: (...args: never[]) => unknown } = CompiledEngine.prototype;
  const { compile } = prototype;
  prototype.compile = function (...args) {
    const begun = performance.now();
    const program = compile.apply(this, args);
    milliseconds.push(performance.now() - begun);
    return program;
  };
  return milliseconds;
}
