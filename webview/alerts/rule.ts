import type { RunState } from '../../src/shared/run-state';
import type { SmoothedLosses } from '../draw/line/loss-windows';
import type { Alert, AlertText } from './alert';

/** What rules look at. */
export interface Look {
  readonly state: RunState;
  /** The losses of the state, smoothed. */
  readonly smoothed: SmoothedLosses;
  /** The tanh layer of which a neuron was lately saturated for a whole batch. */
  readonly throughout?: string | undefined;
}

/** When an alert is raised, and what it says. */
export interface Rule extends Pick<Alert, 'place' | 'kind'> {
  readonly id: string;
  /** Whether it judges the weights as they were drawn, or what training has made of them. */
  readonly about: 'start' | 'training';
  /** The ids of those that would be misleading beside it: it is their cause, or says the same. */
  readonly silences?: readonly string[] | 'all others';
  /** What it says of a run; undefined where all is well. */
  readonly raise: (look: Look) => AlertText | undefined;
}

/** A rule that finds something, a list of layers or a number, and tells it. Nothing found is undefined or an empty list. */
export function rule<T>({
  find,
  tell,
  ...rest
}: Omit<Rule, 'raise'> & {
  readonly find: (look: Look) => T | undefined;
  readonly tell: (found: T, state: RunState) => AlertText;
}): Rule {
  const raise = (look: Look): AlertText | undefined => {
    const found = find(look);
    return found === undefined || (Array.isArray(found) && found.length === 0) ? undefined : tell(found, look.state);
  };
  return { ...rest, raise };
}
