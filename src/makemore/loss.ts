import * as tf from '@tensorflow/tfjs-core';
import { at } from '../shared/at';
import { oneHot } from './nn';

/**
 * Cross-entropy in nats: logits (…, V), int32 targets (N) and weights (N), where N is the product of all dimensions but the
 * last, give the scalar Σ weight · −log softmax(logits)[y].
 *
 * Weights of 1/N make it the mean, as in `F.cross_entropy`. A full batch holds each distinct example once, weighted by how
 * often it occurs, which gives the same sum with fewer terms. A target of −1 weighs 0, as with `ignore_index=-1`.
 */
export function crossEntropy(logits: tf.Tensor, y: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  const vocabSize = at(logits.shape, logits.rank - 1);
  const logProbs = tf.logSoftmax(logits.reshape([-1, vocabSize])); // (N, V)
  const ofTargets = logProbs.mul(oneHot(y, vocabSize)).sum(1); // (N)
  return ofTargets.mul(weights).sum<tf.Scalar>().neg();
}
