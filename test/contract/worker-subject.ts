import { resolve } from 'node:path';
import { at } from '../../src/shared/at';
import { watchNothing, type Watch } from '../../src/shared/inspection';
import { presetById, withHyperparameters } from '../../src/shared/presets';
import type { Preset } from '../../src/shared/presets';
import type { ControlCommand, RunPlace, WorkerCommand, WorkerEvent } from '../../src/shared/protocol';
import { WorkerClient } from '../../src/host/session/worker-client';
import { defaultMemoryLimit } from '../../src/shared/limits';
import { defaultPace, defaultRunOptions } from '../../src/shared/run';

type RestoreCommand = Extract<WorkerCommand, { type: 'restore' }>;
type EventOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

export const text = 'emma\nolivia\nava\nisabella\nsophia\ncharlotte\nmia\namelia\nharper\nevelyn\nabigail\n';
export const options = defaultRunOptions;
export const memoryLimit = defaultMemoryLimit;
/** Checkpoints as often as they can be, since tests wait for them. */
export const pace = { ...defaultPace, checkpointSeconds: 0.02, checkpointPercent: 50 };
export const endless = withHyperparameters(presetById('mlp-part2'), { nHidden: 8, maxSteps: 1_000_000 });

/** A worker thread with what it has said. */
export class Subject {
  readonly events: WorkerEvent[] = [];
  private readonly client = new WorkerClient(resolve('dist/worker.js'));
  private waiting: (() => void)[] = [];

  constructor(preset: Preset, names?: string, watch?: Watch, place?: RunPlace);
  constructor(restore: RestoreCommand);
  constructor(what: Preset | RestoreCommand, names = text, watch = watchNothing, place?: RunPlace) {
    this.client.onMessage(event => {
      this.events.push(event);
      for (const wake of this.waiting.splice(0)) wake();
    });
    const source = { name: 'names.txt', uri: 'file:///names.txt' };
    if ('type' in what) this.client.post(what);
    else
      this.client.post({
        type: 'start',
        id: 'a',
        text: names,
        source,
        preset: what,
        options,
        watch,
        pace,
        memoryLimit,
        ...(place && { place }),
      });
  }

  post(command: ControlCommand): void {
    this.client.post(command);
  }

  /** The next event of a kind, from among those that come from now on. */
  async next<T extends WorkerEvent['type']>(
    type: T,
    fits: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    for (let seen = this.events.length; ; seen++) {
      while (seen >= this.events.length) await new Promise<void>(resolve => this.waiting.push(resolve));
      const event = at(this.events, seen);
      if (event.type === type && fits(event as EventOf<T>)) return event as EventOf<T>;
    }
  }

  status(status: string): Promise<EventOf<'status'>> {
    return this.next('status', event => event.status === status);
  }

  losses(): number[] {
    return this.events.flatMap(event => (event.type === 'losses' ? [...event.losses] : []));
  }

  leave(): Promise<void> {
    return this.client.leave(5_000);
  }

  async dispose(): Promise<void> {
    await this.client.dispose();
  }
}
