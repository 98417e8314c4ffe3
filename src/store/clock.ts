import { setTimeout as delay } from 'node:timers/promises';

/** Time for whoever waits beside other work; tests have one of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = { now: () => Date.now(), sleep: milliseconds => delay(milliseconds) };
