import type { RunState } from '../../../src/shared/run-state';
import type { Alert } from '../parts/alert';
import { listed } from '../parts/listed';
import { looks, recentMedian } from '../parts/recent';

/** log10 of update:data: a matrix that changes by a thousandth of itself per step learns well. */
export const goal = -3;
/** Ratios between these are healthy, as in the nets of the lecture. */
export const healthy = { min: -4.5, max: -1.5 } as const;
/** The first steps of many nets are larger. */
const settledSteps = 100;

/** Which matrices change too much or too little per step, and what to try. */
export function updateAlerts({ inspection, updateHistory, purpose }: RunState): Alert[] {
  const last = updateHistory.at(-1);
  if (!last || last.step < settledSteps || purpose === 'rangeTest') return []; // a range test goes through all learning rates
  const names = (inspection?.parameters ?? []).map(({ name }) => name);
  const ratios = names.map((_, i) => recentMedian(updateHistory.map(({ ratios }) => ratios[i] ?? NaN)));
  // The last matrix gives the logits. It starts small on purpose, so it changes a lot until it has grown.
  const fast = names.filter((_, i) => i < names.length - 1 && (ratios[i] ?? goal) > healthy.max);
  const still = names.filter((_, i) => updateHistory.slice(-looks).every(({ ratios }) => ratios[i] === -Infinity));
  const slow = names.filter((name, i) => (ratios[i] ?? goal) < healthy.min && !still.includes(name));
  return [
    ...(still.length > 0 ? [stillAlert(still)] : []),
    ...(fast.length > 0 ? [fastAlert(fast, 2 * fast.length >= names.length - 1)] : []),
    ...(slow.length > 0 ? [slowAlert(slow, 2 * slow.length >= names.length)] : []),
  ];
}

function fastAlert(names: readonly string[], areMost: boolean): Alert {
  return {
    kind: 'warning',
    title: `Each step changes ${listed(names)} too much`,
    says: `Each step changes ${listed(names)} by more than a thirtieth (log10 above −1.5): too much to settle.`,
    remedy: areMost
      ? 'Try a learning rate three to ten times smaller; Find the Learning Rate looks for one.'
      : 'The other matrices are calm, so it is hardly the learning rate: these may have been drawn too small beside them.',
  };
}

function stillAlert(names: readonly string[]): Alert {
  return {
    kind: 'warning',
    title: `Steps do not change ${listed(names)}`,
    says: `Steps do not change ${listed(names)} at all: the update is 0.`,
    remedy: 'Either the learning rate is 0, or no gradient reaches them (see Gradients).',
  };
}

function slowAlert(names: readonly string[], areMost: boolean): Alert {
  return {
    kind: 'hint',
    title: `A step hardly changes ${listed(names)}`,
    says: `A step hardly changes ${listed(names)} (log10 below −4.5): too little to learn in reasonable time, unless nothing is left to learn.`,
    remedy: areMost
      ? 'Try a learning rate three to ten times larger; where that does not help, hardly any gradient reaches them.'
      : 'The other matrices move, so it is hardly the learning rate: these may have been drawn too large, or their gradient is lost on the way (see Gradients).',
  };
}
