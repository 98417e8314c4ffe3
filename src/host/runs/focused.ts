/** The part of a tree view that tells which rows a key means. */
export interface KeyedList {
  /** The selected rows, as last told by the window. */
  readonly selection: readonly string[];
  /** Selects the focused row as well, or takes it out of the selection; the selection has changed once this resolves. */
  toggle(): PromiseLike<unknown>;
}

/**
 * The rows that a key means: the focused one, or the whole selection if that one is part of it. The arrow keys move the
 * focus and leave the selection behind, and VS Code tells extensions only of the selection. So the focused row is
 * toggled, which shows where it is, and toggled back.
 */
export async function rowsMeantByKey(list: KeyedList): Promise<readonly string[]> {
  const before = list.selection;
  await list.toggle();
  const added = list.selection.filter(id => !before.includes(id));
  if (added.length === 0 && list.selection.length === before.length) return before; // nothing is focused
  await list.toggle();
  return added.length > 0 ? added : before;
}
