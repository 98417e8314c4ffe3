import { at } from '../../../src/shared/at';
import { indicesOfLargest, type Distribution } from './distribution';
import { crossEntropy, largestExponent, naiveSoftmax, shiftedSoftmax, type Softmax } from './softmax';

/** A change of the logits of a forward pass. */
export interface LogitsChange {
  /** Added to all of them. */
  readonly offset: number;
  /** The index of one of them, and its new value; undefined leaves it as it is. */
  readonly raised: number;
  readonly to: number | undefined;
}

/** The changed logits, and what either way makes of them. */
export interface SoftmaxTrial {
  readonly logits: Float32Array;
  readonly naive: Softmax;
  readonly shifted: Softmax;
  /** −log of the probability of the target. */
  readonly naiveLoss: number;
  readonly loss: number;
}

export function trySoftmax(logits: Float32Array, target: number, { offset, raised, to }: LogitsChange): SoftmaxTrial {
  const changed = logits.map((logit, i) => (to !== undefined && i === raised ? to : logit) + offset);
  const naive = naiveSoftmax(changed);
  return {
    logits: changed,
    naive,
    shifted: shiftedSoftmax(changed),
    naiveLoss: -Math.log(at(naive.probs, target)),
    loss: crossEntropy(changed, target),
  };
}

/** What happened, in a sentence or two. */
export function trialSentence({ logits, naive }: SoftmaxTrial, { offset, to }: LogitsChange): string {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  if (naive.sum === Infinity && largest <= largestExponent)
    return `Each exponential fits into float32, which ends at 3.4e38, but their sum does not: it is inf, every probability is 0, and the loss is inf. Cross-entropy subtracts ${write(largest)} from all logits before exp, so that the largest exponential is exp(0) = 1.`;
  if (naive.sum === Infinity)
    return `exp(${write(largest)}) is more than float32 can hold, which ends at 3.4e38, exp(${largestExponent}): it is inf. inf / inf is nan, and everything else divided by inf is 0. Cross-entropy subtracts ${write(largest)} from all logits before exp, so that the largest exponential is exp(0) = 1.`;
  if (naive.sum === 0)
    return `exp(${write(largest)}) is less than the least that float32 can hold, and it is the largest: all of them are 0, and 0 / 0 is nan. Cross-entropy subtracts ${write(largest)} from all logits before exp, so that the largest exponential is exp(0) = 1.`;
  if (offset !== 0)
    return `All exponentials are multiplied by exp(${write(offset)}), and so is their sum: the probabilities stay, until the exponentials become so small that float32 has few digits for them, or larger than exp(${largestExponent}), which it cannot hold.`;
  if (to !== undefined)
    return `The probability of a raised logit grows with its exponential. Both ways still agree; beyond exp(${largestExponent}) only one of them has a number.`;
  return 'Both ways give the same probabilities. Add an offset, or raise one logit above 88.';
}

/** How many likely characters are listed. */
const listed = 4;

/** The likely characters, the raised one and the one that follows. The last row is the sum. */
export function trialRows(
  { logits, naive, shifted }: SoftmaxTrial,
  { characters, target }: Distribution,
  raised: number,
): string[][] {
  const shown = [...new Set([...indicesOfLargest(logits, listed), raised, target])];
  const columns = ({ exps, probs }: Softmax, i: number): string[] => [
    writeShort(at(exps, i)),
    writeProbability(at(probs, i)),
  ];
  const sums = ({ sum, probs }: Softmax): string[] => [
    writeShort(sum),
    writeProbability(probs.reduce((a, b) => a + b, 0)),
  ];
  return [
    ...shown.map(i => [at(characters, i), write(at(logits, i)), ...columns(naive, i), ...columns(shifted, i)]),
    ['sum', '', ...sums(naive), ...sums(shifted)],
  ];
}

export function writeLoss(loss: number): string {
  return Number.isNaN(loss) ? 'nan' : Number.isFinite(loss) ? loss.toFixed(3).replace('-', '−') : 'inf';
}

function write(value: number): string {
  return String(Number(value.toFixed(2))).replace('-', '−');
}

/** Like Python, in a few characters. */
function writeShort(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : 'inf';
  if (value === 0) return '0';
  return value >= 0.01 && value < 1000
    ? value.toPrecision(3)
    : value.toExponential(0).replace('+', '').replace('-', '−');
}

function writeProbability(p: number): string {
  return Number.isNaN(p) ? 'nan' : p.toFixed(3);
}
