import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { clamp } from '../../../../webview/draw/clamp';
import { stepOf } from '../../../../webview/draw/keys';

const pressed = (key: string, modifiers: { ctrlKey?: true; altKey?: true; metaKey?: true } = {}) =>
  stepOf({ key, ctrlKey: false, altKey: false, metaKey: false, ...modifiers });

describe('the keys that move a cursor', () => {
  it('move it by one, or as far as there is anything', () => {
    const row = (at: number, key: string): number => clamp(at + (pressed(key)?.x ?? NaN), 0, 9);
    strictEqual(row(5, 'ArrowLeft'), 4);
    strictEqual(row(5, 'ArrowRight'), 6);
    strictEqual(row(0, 'ArrowLeft'), 0);
    strictEqual(row(5, 'Home'), 0);
    strictEqual(row(5, 'End'), 9);
    strictEqual(pressed('ArrowDown')?.y, 1);
  });

  it('go to the first and the last row together with Ctrl', () => {
    deepStrictEqual(pressed('Home', { ctrlKey: true }), { x: -Infinity, y: -Infinity });
    deepStrictEqual(pressed('End'), { x: Infinity, y: 0 });
  });

  it('leave every other key, and what VS Code does with Alt, alone', () => {
    strictEqual(pressed('a'), undefined);
    strictEqual(pressed('toString'), undefined);
    strictEqual(pressed('ArrowLeft', { altKey: true }), undefined);
  });
});
