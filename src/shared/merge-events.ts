/** What happens to events that a page cannot take yet. */
import type { RunEvent } from './protocol';

/** These come by themselves, as often as the run has news. All others happen once, or answer what a person has done. */
const news: ReadonlySet<RunEvent['type']> = new Set([
  'preparing',
  'losses',
  'inspected',
  'evaluated',
  'kept',
  'sampledAlong',
  'sampledNow',
]);

/** Whether an event may wait until the page has drawn those before it. A person waits for the first loss of a run. */
export function mayWait(event: RunEvent): boolean {
  return news.has(event.type) && !(event.type === 'losses' && event.firstStep === 0);
}

/**
 * Events that wait, and one more, in as few as lead to the same state: losses in a row are one event, if they are
 * not too many, and of the looks inside only the newest is left.
 */
export function mergeEvent(waiting: readonly RunEvent[], event: RunEvent): readonly RunEvent[] {
  const place = waiting.findLastIndex(({ type }) => type === event.type);
  const before = waiting[place];
  const both = before && joined(before, event);
  return both ? [...waiting.toSpliced(place, 1), both] : [...waiting, event];
}

/** Joining copies: for a page that takes nothing for hours, such as one in a hidden tab, no more losses than this each time. */
const mostJoined = 2 ** 16;

/** One event in place of two of a kind; undefined if each has something that the other has not. */
function joined(before: RunEvent, event: RunEvent): RunEvent | undefined {
  if (before.type === 'losses' && event.type === 'losses') {
    const { firstStep, losses } = before;
    if (firstStep + losses.length !== event.firstStep || losses.length > mostJoined) return undefined;
    const all = new Float32Array(losses.length + event.losses.length);
    all.set(losses);
    all.set(event.losses, losses.length);
    return { ...event, firstStep, losses: all };
  }
  // What is no longer watched stays as it was seen last.
  if (before.type === 'inspected' && event.type === 'inspected')
    return { ...event, inspection: { ...before.inspection, ...event.inspection } };
  if (before.type === 'evaluated' && event.type === 'evaluated' && before.evaluation.step === event.evaluation.step)
    return { ...event, evaluation: { ...before.evaluation, ...event.evaluation } };
  if (event.type === 'preparing' || event.type === 'sampledNow') return event;
  return event.type === 'kept' && event.problem === undefined ? event : undefined;
}
