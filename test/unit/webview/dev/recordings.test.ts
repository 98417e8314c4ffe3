import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import type { RunEvent } from '../../../../src/shared/protocol';
import type { RunState } from '../../../../src/shared/run-state';
import { Player } from '../../../../webview/dev/player';
import { asPosted, decodeRecording, encodeRecording, type Recording } from '../../../../webview/dev/recording';

const losses = (firstStep: number, ...values: number[]): RunEvent => ({
  type: 'losses',
  firstStep,
  losses: Float32Array.from(values),
  learningRate: 0.1,
  microsecondsPerStep: 100,
});
const recording: Recording = {
  title: 'Three steps',
  events: [
    [0, { type: 'status', status: 'running', step: 0 }],
    [100, losses(0, 3.5, NaN)],
    [200, losses(2, 2.5)],
  ],
};

/** What was said last. */
function hydrated(posted: readonly RunEvent[]): RunState {
  const event = posted.at(-1);
  if (event?.type !== 'hydrate') throw new Error(`It said ${event?.type ?? 'nothing'}.`);
  return event.state;
}

describe('a recording', () => {
  it('keeps typed arrays, bit for bit, and where they are a part of a buffer', () => {
    deepStrictEqual(decodeRecording(encodeRecording(recording)), recording);
    const part = new Uint32Array([1, 2, 3, 4]).subarray(1, 3);
    deepStrictEqual(asPosted({ part }), { part: new Uint32Array([2, 3]) });
  });

  it('loses what VS Code loses: numbers that are not finite, and what is undefined', () => {
    deepStrictEqual(asPosted({ a: NaN, b: [Infinity, 1], c: undefined }), { a: null, b: [null, 1] });
  });

  it('refuses an array that it does not know', () => {
    throws(() => asPosted(new BigInt64Array(1)), /cannot hold a BigInt64Array/);
  });
});

describe('a player', () => {
  it('says what has come about, each once', () => {
    const posted: RunEvent[] = [];
    const player = new Player(recording, event => posted.push(event));
    player.seek(150);
    strictEqual(posted.length, 2);
    player.step();
    player.step();
    deepStrictEqual(
      posted,
      recording.events.map(([, event]) => event),
    );
    strictEqual(player.time, player.duration);
  });

  it('tells the state at once to a page that is new, with no more than the losses so far', () => {
    const posted: RunEvent[] = [];
    const player = new Player(recording, event => posted.push(event));
    player.seek(player.duration);
    player.hydrate();
    const { step, losses } = hydrated(posted);
    strictEqual(step, 3);
    deepStrictEqual(losses, { values: Float32Array.of(3.5, NaN, 2.5), length: 3 });
  });

  it('goes back as if the rest had not been', () => {
    const posted: RunEvent[] = [];
    const player = new Player(recording, event => posted.push(event));
    player.seek(player.duration);
    player.seek(100);
    player.hydrate();
    deepStrictEqual(hydrated(posted).losses, { values: Float32Array.of(3.5, NaN), length: 2 });
  });
});
