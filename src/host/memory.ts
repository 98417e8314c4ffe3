/** What VS Code remembers from one window to the next: its `Memento`, as far as it is used here. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
