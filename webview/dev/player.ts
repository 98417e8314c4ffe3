import type { RunEvent } from '../../src/shared/protocol';
import { reduce } from '../../src/shared/reducer';
import { idle, type RunState } from '../../src/shared/run-state';
import { asPosted, type Recording } from './recording';

/** Posts recorded events when their time has come, and keeps the state like the extension host. */
export class Player {
  /** In milliseconds from the start of the recording. */
  time = 0;
  /** The number of events that have been posted. */
  position = 0;
  private state: RunState = idle;

  constructor(
    private readonly recording: Recording,
    private readonly post: (event: RunEvent) => void,
  ) {}

  /** The time of the last event. */
  get duration(): number {
    return this.recording.events.at(-1)?.[0] ?? 0;
  }

  get isOver(): boolean {
    return this.position >= this.recording.events.length;
  }

  /** Posts everything up to a time, which may be in the past. */
  seek(milliseconds: number): void {
    if (milliseconds < this.time) this.rewind();
    this.time = Math.min(milliseconds, this.duration);
    for (const [milliseconds, event] of this.recording.events.slice(this.position)) {
      if (milliseconds > this.time) break;
      this.say(event);
    }
  }

  /** Posts the next event, whenever it came. */
  step(): void {
    const next = this.recording.events.at(this.position);
    if (!next) return;
    [this.time] = next;
    this.say(next[1]);
  }

  /** Posts the whole state, for a new page. */
  hydrate(): void {
    const { losses, ...state } = this.state;
    const used = { values: losses.values.slice(0, losses.length), length: losses.length };
    this.post(asPosted({ type: 'hydrate', state: { ...state, losses: used } }));
  }

  private rewind(): void {
    this.position = 0;
    this.state = idle;
    this.hydrate();
  }

  private say(event: RunEvent): void {
    this.position++;
    this.state = reduce(this.state, event);
    this.post(event);
  }
}
