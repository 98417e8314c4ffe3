import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { askInSteps, type Question } from '../../../../src/host/commands/in-steps';
import type { Way } from '../../../../src/host/text/surfaces';

describe('questions in some steps', () => {
  /** Asks a, b where it is wanted, and c, which a person answers in these ways. @returns what they saw, and whether all is answered */
  async function asked(ways: readonly Way[], isWanted: () => boolean): Promise<{ seen: string[]; done: boolean }> {
    const seen: string[] = [];
    const left = [...ways];
    const question = (name: string, isAsked = (): boolean => true): Question => ({
      isAsked,
      ask: ({ step, steps }) => {
        seen.push(`${name} ${step}/${steps}`);
        return Promise.resolve(left.shift() ?? 'away');
      },
    });
    const done = await askInSteps([question('a'), question('b', isWanted), question('c')]);
    return { seen, done };
  }

  it('say which of how many they are, and leave out what there is no need to ask', async () => {
    deepStrictEqual(await asked(['next', 'next', 'next'], () => true), {
      seen: ['a 1/3', 'b 2/3', 'c 3/3'],
      done: true,
    });
    deepStrictEqual(await asked(['next', 'next'], () => false), { seen: ['a 1/2', 'c 2/2'], done: true });
  });

  it('count anew when an answer changes what there is to ask', async () => {
    let looks = 0;
    const { seen } = await asked(['next', 'next', 'next'], () => looks++ > 0);
    deepStrictEqual(seen, ['a 1/2', 'b 2/3', 'c 3/3']);
  });

  it('lead back to the one that was asked before, and from the first one away', async () => {
    const { seen, done } = await asked(['next', 'back', 'next', 'next'], () => false);
    deepStrictEqual(seen, ['a 1/2', 'c 2/2', 'a 1/2', 'c 2/2']);
    strictEqual(done, true);
    deepStrictEqual(await asked(['back'], () => true), { seen: ['a 1/3'], done: false });
  });

  it('end when the person goes away', async () => {
    deepStrictEqual(await asked(['next', 'away'], () => true), { seen: ['a 1/3', 'b 2/3'], done: false });
  });
});
