import type { RunEvent } from '../src/shared/protocol';
import { idle, type RunState } from '../src/shared/run-state';
import { reduce } from '../src/shared/reducer';

/** The state of the run, as far as this page knows it. */
export class Store {
  state: RunState = idle;

  constructor(private readonly onChange: () => void) {}

  apply(event: RunEvent): void {
    this.state = reduce(this.state, event);
    this.onChange();
  }
}
