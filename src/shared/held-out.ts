import type { Preset } from './ladder';
import type { Evaluation } from './run';

/** A split that no step has seen. */
export type HeldOut = 'dev' | 'test';

/**
 * The split by which a run is judged while it trains: dev, or, as makemore.py has it, the test names where there are no dev
 * names; a model of the whole file has neither.
 */
export function heldOutOf({ split }: Pick<Preset, 'split'>): HeldOut | undefined {
  return ({ lecture: 'dev', makemore: 'test', whole: undefined } as const)[split];
}

/** The losses on the held-out names so far, those that are numbers. */
export function heldOutLosses(
  evaluations: readonly Evaluation[],
  preset: Pick<Preset, 'split'>,
): { readonly step: number; readonly loss: number }[] {
  const split = heldOutOf(preset);
  return evaluations.flatMap(evaluation => {
    const loss = split && evaluation[split];
    return typeof loss === 'number' ? [{ step: evaluation.step, loss }] : [];
  });
}
