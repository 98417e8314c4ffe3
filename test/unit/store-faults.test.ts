import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { InputError } from '../../src/shared/errors';
import { presetById } from '../../src/shared/presets';
import type { Checkpoint } from '../../src/store/checkpoint';
import { RunFolder } from '../../src/store/run-folder';
import { MemoryDisk, type Names } from './memory-disk';
import { defaultRunOptions } from '../../src/shared/run';

const folder = '/run';
const text = 'emma\nolivia\n';
const begun = {
  id: 'a',
  source: { name: 'names.txt', uri: 'file:///names.txt' },
  preset: presetById('mlp-part2'),
  options: defaultRunOptions,
  created: 1,
} as const;

function checkpointAt(step: number): Checkpoint {
  const values = new Float32Array(50).fill(step);
  return {
    ...{ id: 'a', step, status: 'running', engine: 'compiled, simd', evaluations: [] },
    losses: new Float32Array(step).fill(step),
    model: { step, variables: { W: { shape: [50], values } }, generator: Uint32Array.of(step) },
  };
}

/** Begins a run and writes four checkpoints. @returns the step of the last one that was written without a complaint */
function writeRun(disk: MemoryDisk, onError: (error: unknown) => void): number | undefined {
  const run = new RunFolder(disk.system, folder);
  let written: number | undefined;
  const attempt = (act: () => void): boolean => {
    try {
      act();
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  };
  if (!attempt(() => run.create(begun, text))) return undefined;
  for (let step = 1; step <= 4; step++) if (attempt(() => run.writeCheckpoint(checkpointAt(step)))) written = step;
  return written;
}

/** What can be read: a whole checkpoint, or nothing, which is told in a sentence. */
function readStep(disk: MemoryDisk): number | undefined {
  try {
    const { record, text: names, checkpoint } = new RunFolder(disk.system, folder).read();
    deepStrictEqual([names, record.id], [text, 'a']);
    deepStrictEqual(checkpoint, checkpointAt(checkpoint.step));
    return checkpoint.step;
  } catch (error) {
    ok(error instanceof InputError, String(error));
    ok(!error.message.includes('\n'));
    return undefined;
  }
}

const allCalls = ((): number => {
  const disk = new MemoryDisk();
  strictEqual(
    writeRun(disk, error => {
      throw error;
    }),
    4,
  );
  return disk.calls;
})();

describe('a disk that fails', () => {
  it('for want of space, at any call, keeps the checkpoint before, and the next one is written', () => {
    for (let call = 0; call < allCalls; call++) {
      const disk = new MemoryDisk();
      disk.failsAt = call;
      const errors: string[] = [];
      const written = writeRun(disk, error => errors.push(String(error)));
      strictEqual(errors.length, 1, `call ${call}`);
      match(errors[0], /ENOSPC/);
      strictEqual(disk.has(`${folder}/checkpoint.safetensors.unfinished`), false);
      const read = readStep(disk);
      // Where the name of the last one could not be synced it is there all the same.
      ok(read === written || read === (written ?? 0) + 1, `call ${call}: ${read} read, ${written} written`);
    }
    console.log(`      ENOSPC at each of ${allCalls} calls`);
  });

  it('because the machine stops, at any call, loses no checkpoint that was written, and gives no other weights', () => {
    for (const names of ['lost', 'kept'] satisfies Names[])
      for (let call = 0; call <= allCalls; call++) {
        const disk = new MemoryDisk();
        disk.stopsAt = call;
        const written = writeRun(disk, error => match(String(error), /The machine has stopped/));
        const read = readStep(disk.restarted(names));
        ok(read === written || read === (written ?? 0) + 1, `call ${call}, ${names}: ${read} read, ${written} written`);
      }
    console.log(`      the machine stopped at each of ${allCalls + 1} calls, with names lost and kept`);
  });
});
