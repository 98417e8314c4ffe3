import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { InputError } from '../../../src/shared/errors';
import { presetById } from '../../../src/shared/presets';
import { defaultRunOptions } from '../../../src/shared/run';
import type { Checkpoint } from '../../../src/store/checkpoint';
import { RunFolder } from '../../../src/store/run-folder';
import { writeWhole } from '../../../src/store/write-file';
import { intercepted } from './intercepted';
import { MemoryDisk, type Names } from './memory-disk';

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
    id: 'a',
    step,
    status: 'running',
    flavor: 'compiled, simd',
    evaluations: [],
    losses: new Float32Array(step).fill(step),
    model: { step, variables: { W: { shape: [50], values } }, generator: Uint32Array.of(step) },
  };
}

/** Begins a run and writes four checkpoints. @returns the step of the last one that was written without an error */
function writeRun(disk: MemoryDisk, onError: (error: unknown) => void): number | undefined {
  const run = new RunFolder(disk.system, folder);
  let written: number | undefined;
  const attempt = (act: () => void): boolean => {
    try {
      act();
      return !disk.hasStopped;
    } catch (error) {
      onError(error);
      return false;
    }
  };
  if (!attempt(() => run.create(begun, text))) return undefined;
  for (let step = 1; step <= 4; step++) if (attempt(() => run.writeCheckpoint(checkpointAt(step)))) written = step;
  return written;
}

/** Reads a whole checkpoint, or is refused in a sentence. @returns its step, undefined if it was refused */
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

const isUnfinished = (name: string): boolean => name.endsWith('.unfinished');

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
  it('keeps the last checkpoint when it is full at any call, and takes the next one', () => {
    let told = 0;
    for (let call = 0; call < allCalls; call++) {
      const disk = new MemoryDisk();
      disk.failsAt = call;
      const errors: string[] = [];
      const written = writeRun(disk, error => errors.push(String(error)));
      // If only its name could not be synced, the file is written all the same.
      ok(errors.length === 1 || (errors.length === 0 && written === 4), `call ${call}: ${errors.join()}`);
      for (const error of errors) match(error, /ENOSPC/);
      told += errors.length;
      deepStrictEqual(disk.namesIn(folder).filter(isUnfinished), []);
      strictEqual(readStep(disk), written, `call ${call}`);
    }
    ok(told > allCalls / 2 && told < allCalls);
    console.log(`      ENOSPC at each of ${allCalls} calls, told ${told} times`);
  });

  it('loses no written checkpoint when the machine stops at any call, and gives no other weights', () => {
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

  it('is cleared of unfinished files by the next writer when the machine has stopped', () => {
    let left = 0;
    for (let call = 0; call <= allCalls; call++) {
      const disk = new MemoryDisk();
      disk.stopsAt = call;
      writeRun(disk, () => undefined);
      const restarted = disk.restarted('kept');
      left += restarted.namesIn(folder).filter(isUnfinished).length;
      const fail = (error: unknown): never => {
        throw error;
      };
      strictEqual(writeRun(restarted, fail), 4);
      deepStrictEqual(restarted.namesIn(folder).filter(isUnfinished), []);
    }
    ok(left > 0);
  });

  it('keeps the files of two writers apart, even if they write at the same time', () => {
    const disk = new MemoryDisk();
    const [first, second] = [new Uint8Array(100).fill(1), new Uint8Array(100).fill(2)];
    let hasWritten = false;
    const system = intercepted(disk.system, ({ name, make }) => {
      if (name === 'writeSync' && !hasWritten) {
        hasWritten = true;
        writeWhole(disk.system, `${folder}/a`, [second]);
      }
      return make();
    });
    writeWhole(system, `${folder}/a`, [first]);
    deepStrictEqual([disk.namesIn(folder), [...disk.contentOf(`${folder}/a`)]], [['a'], [...first]]);
  });
});
