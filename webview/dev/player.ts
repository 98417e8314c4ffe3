import type { RunEvent } from '../../src/shared/protocol';
import { reduce } from '../../src/shared/reducer';
import { idle, type RunState } from '../../src/shared/run-state';
import { asPosted, type Recording } from './recording';

/** Says what was recorded, when its time has come, and keeps the state as the extension host does. */
export class Player {
  /** In milliseconds of the recording. */
  time = 0;
  /** Events that were said. */
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

  /** Says everything up to a time; a time that is past is gone back to. */
  seek(milliseconds: number): void {
    if (milliseconds < this.time) this.rewind();
    this.time = Math.min(milliseconds, this.duration);
    const { events } = this.recording;
    while (!this.isOver && events[this.position][0] <= this.time) this.say(events[this.position++][1]);
  }

  /** Says the next event, be it late or soon. */
  step(): void {
    if (this.isOver) return;
    const [milliseconds, event] = this.recording.events[this.position++];
    this.time = milliseconds;
    this.say(event);
  }

  /** Everything at once, for a page that is new. */
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
    this.state = reduce(this.state, event);
    this.post(event);
  }
}
