import type { RunState } from '../../../src/shared/run-state';
import { healthyRatios } from '../../alerts/update-rules';
import { formatSigned } from '../../draw/format';
import type { LookFor } from '../parts/look-for';

export function updatesLookFor(state: RunState): LookFor {
  const { min, max } = healthyRatios(state);
  const band = `log10 of update:data near −3 (dashed) and between ${formatSigned(min, 1)} and ${formatSigned(max, 1)} (dotted)`;
  const { batchNorm, batchSize, weightDecay } = state.preset?.hyperparameters ?? {};
  const more = [
    `That is ${band}, once the first steps are over; the last layer is drawn small and begins near −1.`,
    batchSize === 0 ? 'A full batch has no noise, so it bears larger steps.' : '',
    batchNorm === 1
      ? 'With batch normalization −2 to −2.5 is fine: the output does not depend on the scale of W, which therefore decides how far a step goes.'
      : '',
    weightDecay === undefined
      ? ''
      : 'AdamW divides a gradient by its recent size, so that every weight moves by about the learning rate: hence 0.0005 and not 0.1. Its decay does not go through the gradient: w ← w (1 − rate · decay).',
  ];
  return {
    short: 'A step should change every matrix by about a thousandth of itself.',
    more: more.filter(Boolean).join(' '),
  };
}
