import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { Outbox } from '../../../../src/host/inspector/outbox';
import { at } from '../../../../src/shared/at';
import type { RunEvent } from '../../../../src/shared/protocol';

/** What one step of a run has to tell. */
function step(i: number): RunEvent[] {
  return [
    { type: 'losses', firstStep: i, losses: Float32Array.of(i), learningRate: 0.1, microsecondsPerStep: 1 },
    { type: 'inspected', inspection: { step: i, ahead: false, tensors: {} } },
  ];
}

describe('the outbox of the inspector', () => {
  let messages: (readonly RunEvent[])[];
  let outbox: Outbox;
  beforeEach(() => {
    messages = [];
    outbox = new Outbox(events => messages.push(events));
  });
  const post = (events: readonly RunEvent[]): void => events.forEach(event => outbox.post(event));
  const typesOf = (i: number): string[] => at(messages, i).map(({ type }) => type);

  it('has one message underway to a page that draws nothing, however long the run', () => {
    for (let i = 0; i < 1000; i++) post(step(i));
    strictEqual(messages.length, 1);
  });

  it('posts all that waits at once, the newest of it, when the page has drawn', () => {
    for (let i = 0; i < 1000; i++) post(step(i));
    outbox.drawn(1);
    strictEqual(messages.length, 2);
    deepStrictEqual(typesOf(1), ['losses', 'inspected']);
    deepStrictEqual(at(at(messages, 1), 1), at(step(999), 1));
    outbox.drawn(1);
    strictEqual(messages.length, 2, 'nothing waits any more');
  });

  it('lets nothing that a person waits for wait, and nothing overtake it', () => {
    for (let i = 0; i < 10; i++) post(step(i));
    outbox.post({ type: 'status', status: 'stopped', step: 10 });
    strictEqual(messages.length, 2);
    deepStrictEqual(typesOf(1), ['losses', 'inspected', 'status']);
    post(step(10));
    outbox.drawn(1);
    strictEqual(messages.length, 2, 'one of two messages is still underway');
    outbox.drawn(1);
    strictEqual(messages.length, 3);
  });

  it('lets the first loss of a run go at once, though the page still draws its panels', () => {
    outbox.post({ type: 'status', status: 'running', step: 0 });
    post(step(0));
    post(step(1));
    deepStrictEqual([messages.length, typesOf(1)], [2, ['losses']]);
  });

  it('begins anew with a new page', () => {
    for (let i = 0; i < 10; i++) post(step(i));
    outbox.reset();
    post(step(10).slice(0, 1));
    deepStrictEqual(typesOf(1), ['losses']);
    deepStrictEqual(at(messages, 1), step(10).slice(0, 1));
  });
});
