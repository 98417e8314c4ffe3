import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from './nn';

/**
 * Cross-entropy in nats: logits (B, V), int32 targets (B) and weights (B) give the scalar Σ weight · −log softmax(logits)[y].
 *
 * Weights of 1/B make it the mean of `F.cross_entropy`. A full batch holds each distinct example once, weighted by how
 * often it occurs, which is the same sum with fewer terms.
 */
export function crossEntropy(logits: tf.Tensor2D, y: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  const logProbs = tf.logSoftmax(logits); // (B, V)
  const ofTargets = logProbs.mul(oneHot(y, logits.shape[1])).sum(1); // (B)
  return ofTargets.mul(weights).sum<tf.Scalar>().neg();
}
