import type { Alert } from './alert';
import { layerRules } from './layer-rules';
import { lossRules } from './loss-rules';
import { neuronRules } from './neuron-rules';
import type { Look, Rule } from './rule';
import { updateRules } from './update-rules';

/** All rules, the most important ones first. */
export const rules: readonly Rule[] = [...lossRules, ...neuronRules, ...layerRules, ...updateRules];

/** An alert by the id of its rule. */
export interface RaisedAlert extends Alert {
  readonly id: string;
}

/** What is wrong with a run: warnings first, and nothing beside its own cause. */
export function raised(look: Look): RaisedAlert[] {
  const found = rules.flatMap(({ raise, silences = [], ...rule }) => {
    const text = raise(look);
    return text ? [{ alert: { id: rule.id, place: rule.place, kind: rule.kind, ...text }, silences }] : [];
  });
  // of two that silence each other, the more important one stays
  const over = found.find(({ silences }) => silences === 'all others');
  const silenced = new Set(found.flatMap(({ silences }) => silences));
  const alerts = over ? [over.alert] : found.map(({ alert }) => alert).filter(({ id }) => !silenced.has(id));
  return [...alerts.filter(({ kind }) => kind === 'warning'), ...alerts.filter(({ kind }) => kind === 'hint')];
}
