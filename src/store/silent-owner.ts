import { systemClock, type Clock } from './clock';
import { staleMilliseconds, type RunLock } from './run-lock';

/** Between two looks at the lock. */
const pollMilliseconds = 100;

/**
 * Returns as soon as it is known whether the owner of a run lives, so that `acquire` gives the final answer: at once,
 * unless the owner may have died; then when it beats again, lets go, or has been silent for so long that it counts as gone.
 *
 * @param onWait called once, before the wait, with how many milliseconds it takes at most
 */
export async function waitForSilentOwner(
  lock: RunLock,
  onWait: (milliseconds: number) => void,
  clock: Clock = systemClock,
): Promise<void> {
  const since = lock.silentSince();
  if (since === undefined) return;
  const start = clock.now();
  const end = since + staleMilliseconds;
  onWait(end - start);
  while (clock.now() <= end && lock.silentSince() === since) await clock.sleep(pollMilliseconds);
}
