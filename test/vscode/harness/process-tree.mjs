// Processes that are ended with everything that they have started.
import { spawnSync } from 'node:child_process';

const isWindows = process.platform === 'win32';

/** How to start a process for `endTree`: elsewhere than on Windows, as the first of a group. */
export const asTree = { detached: !isWindows, windowsHide: true };

/**
 * Ends a process that was started with `asTree`, and its children; nothing happens if it is gone.
 * @param {number} pid
 * @param {NodeJS.Signals} signal Windows knows only one way, which nobody can put off
 * @param {{windows: boolean, kill: typeof process.kill, run: typeof spawnSync}} [system]
 */
export function endTree(
  pid,
  signal,
  { windows, kill, run } = { windows: isWindows, kill: process.kill, run: spawnSync },
) {
  if (windows) return void run('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  try {
    kill(-pid, signal);
  } catch {
    // it is gone already
  }
}
