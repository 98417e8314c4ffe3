import { serialize } from 'node:v8';
import { at } from '../../src/shared/at';
import type { RunEvent } from '../../src/shared/protocol';
import type { Recording } from '../../webview/dev/recording';

/**
 * How many bytes per second a worker posts at most while it trains: in a recording steps are slow, so losses do not count by their
 * number but at the pace of the fastest model.
 */
const stepsPerSecond = 30_000;

/** @returns undefined where nothing trained */
export function bytesPerSecond({ events }: Recording): number | undefined {
  const isTraining = ({ type }: RunEvent): boolean => type === 'losses';
  const first = events.findIndex(([, event]) => isTraining(event));
  const last = events.findLastIndex(([, event]) => isTraining(event));
  if (last <= first) return undefined;
  const seconds = (at(events, last)[0] - at(events, first)[0]) / 1000;
  // the first of each is there at the start
  const bytes = events.slice(first + 1, last + 1).map(([, event]) => bytesOf(event));
  return bytes.reduce((sum, n) => sum + n, 0) / seconds + stepsPerSecond * Float32Array.BYTES_PER_ELEMENT;
}

function bytesOf(event: RunEvent): number {
  return serialize(event).length - (event.type === 'losses' ? event.losses.byteLength : 0);
}
