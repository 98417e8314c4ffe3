import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { systemClock, type Clock } from './clock';
import { codeOf, type FileSystem } from './file-system';

/** For this long a call may hold up the thread that makes it. */
const shortLook = 100;
/** For this long whoever can wait beside other work tries again, as VS Code does. */
export const longWait = 60_000;
const pauseMilliseconds = 10;
const longPause = 100;
/** A wait that is longer than this is told. */
const tellAfter = 1_000;

/** What the system says of a file that another program has open: a virus scanner, a search index, a cloud drive. */
const heldCodes: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY'];

/** Time as a thread sees it that does nothing else meanwhile. */
export interface BlockingClock {
  now(): number;
  wait(milliseconds: number): void;
}

const blockingClock: BlockingClock = {
  now: () => performance.now(),
  wait: milliseconds => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
};

/** A file system that tries again for a moment while another program has a file open. */
export function patient(fs: FileSystem, clock = blockingClock): FileSystem {
  const again =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      const start = clock.now();
      for (;;) {
        try {
          return call(...args);
        } catch (error) {
          if (clock.now() - start >= shortLook || !isHeld(error, fs)) throw error;
          clock.wait(pauseMilliseconds);
        }
      }
    };
  return {
    accessSync: (...args) => fs.accessSync(...args),
    lstatSync: again((...args) => fs.lstatSync(...args)),
    statSync: again((...args) => fs.statSync(...args)),
    utimesSync: again((...args) => fs.utimesSync(...args)),
    renameSync: again((...args) => fs.renameSync(...args)),
    unlinkSync: again((...args) => fs.unlinkSync(...args)),
    mkdirSync: again((...args) => fs.mkdirSync(...args)),
    readdirSync: again((...args) => fs.readdirSync(...args)),
    rmdirSync: again((...args) => fs.rmdirSync(...args)),
    openSync: again((...args) => fs.openSync(...args)),
    fstatSync: again((...args) => fs.fstatSync(...args)),
    readSync: again((...args) => fs.readSync(...args)),
    writeSync: again((...args) => fs.writeSync(...args)),
    fsyncSync: again((...args) => fs.fsyncSync(...args)),
    // A handle is gone after the first attempt, whatever came of it, and its number may be another's by the second.
    closeSync: handle => fs.closeSync(handle),
  };
}

export interface Waiting {
  /** Called once, when the wait gets long. */
  readonly onWait?: (reason: unknown) => void;
  /** How long to try, in milliseconds. */
  readonly most?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Does something as soon as no other program holds what it takes, and lets other work go on meanwhile.
 *
 * @throws what `act` has thrown last, if it is something else, if nobody lets go in time, or if the signal ends the wait
 */
export async function untilFree<T>(
  fs: Pick<FileSystem, 'accessSync'>,
  act: () => T | Promise<T>,
  waiting: Waiting = {},
): Promise<T> {
  const { onWait, most = longWait, signal, clock = systemClock } = waiting;
  const start = clock.now();
  let isTold = false;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const waited = clock.now() - start;
      if (waited >= most || signal?.aborted || !isHeld(error, fs)) throw error;
      if (waited >= tellAfter && !isTold) {
        isTold = true;
        onWait?.(error);
      }
    }
    await clock.sleep(longPause);
  }
}

/** Whether another program is in the way. Where a folder may not be written, the same codes tell the plain truth. */
function isHeld(error: unknown, fs: Pick<FileSystem, 'accessSync'>): boolean {
  const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (!heldCodes.includes(codeOf(reason))) return false;
  const { path } = reason as NodeJS.ErrnoException;
  try {
    if (path !== undefined) fs.accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
