import { ok, strictEqual } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { IdleWork } from '../../../webview/idle-work';

describe('work for when the page is idle', () => {
  type Work = Parameters<ConstructorParameters<typeof IdleWork>[0]['request']>[0];
  let waiting: Work | undefined;
  const idleness = { request: (work: Work) => ((waiting = work), 1), cancel: () => undefined };

  /** A page that is never idle: one piece at a time. */
  const next = (): void => {
    const work = waiting;
    waiting = undefined;
    work?.({ timeRemaining: () => 0 });
  };
  const tenPieces = (onPiece: () => void): (() => void)[] => Array.from({ length: 10 }, () => onPiece);

  it('tells once when all of it is done', () => {
    const work = new IdleWork(idleness);
    let [done, told] = [0, 0];
    work.begin(
      tenPieces(() => done++),
      () => told++,
    );
    for (let i = 0; i < 20; i++) {
      next();
      strictEqual(told, done === 10 && i >= 10 ? 1 : 0);
    }
  });

  it('tells now and then though a pointer has it begin anew in every frame', async () => {
    const work = new IdleWork(idleness);
    let told = 0;
    const start = performance.now();
    while (performance.now() - start < 1500) {
      work.begin(
        tenPieces(() => undefined),
        () => told++,
      );
      next();
      await delay(20);
    }
    ok(told > 0 && told < 5, `${told}`);
  });
});
