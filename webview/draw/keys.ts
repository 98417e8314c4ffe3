/** What each arrow key stands for: a direction, and a step to the right and down. */
export const arrows = {
  ArrowUp: { direction: 'up', x: 0, y: -1 },
  ArrowDown: { direction: 'down', x: 0, y: 1 },
  ArrowLeft: { direction: 'left', x: -1, y: 0 },
  ArrowRight: { direction: 'right', x: 1, y: 0 },
} as const;

type ArrowKey = keyof typeof arrows;
export type Direction = (typeof arrows)[ArrowKey]['direction'];

export function isArrow(key: string): key is ArrowKey {
  return Object.hasOwn(arrows, key);
}

/** How far a key moves a cursor. Infinite at Home and End, which go as far as there is anything. */
export interface CursorStep {
  readonly x: number;
  readonly y: number;
}

/** The part of a KeyboardEvent that matters here. */
interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** The step that a key asks for: an arrow, Home or End; with Ctrl, Home and End go to the first and the last row as well. */
export function stepOf({ key, ctrlKey, altKey, metaKey }: PressedKey): CursorStep | undefined {
  if (altKey || metaKey) return undefined;
  if (isArrow(key)) return arrows[key];
  if (key === 'Home') return { x: -Infinity, y: ctrlKey ? -Infinity : 0 };
  if (key === 'End') return { x: Infinity, y: ctrlKey ? Infinity : 0 };
  return undefined;
}
