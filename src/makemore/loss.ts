import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from './nn';

/**
 * Cross-entropy in nats: logits (…, V), int32 targets (N) and weights (N), N for all but the last dimension, give the
 * scalar Σ weight · −log softmax(logits)[y].
 *
 * Weights of 1/N make it the mean of `F.cross_entropy`. A full batch holds each distinct example once, weighted by how
 * often it occurs, which is the same sum with fewer terms. A target of −1 weighs 0, as `ignore_index=-1`.
 */
export function crossEntropy(logits: tf.Tensor, y: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  const vocabSize = logits.shape.at(-1)!;
  const logProbs = tf.logSoftmax(logits.reshape([-1, vocabSize])); // (N, V)
  const ofTargets = logProbs.mul(oneHot(y, vocabSize)).sum(1); // (N)
  return ofTargets.mul(weights).sum<tf.Scalar>().neg();
}
