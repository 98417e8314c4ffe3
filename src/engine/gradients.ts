/** The gradients of tfjs. Those of a sum and a mean are ours: tfjs's own make an array of ones as large as what was added up. */
import * as tf from '@tensorflow/tfjs-core';
// Without this import no op knows its gradient.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { at } from '../shared/at';
import { size } from './shapes';

for (const kernelName of ['Sum', 'Mean'])
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc(dy: tf.Tensor | tf.Tensor[], saved, attributes) {
      const [x, gradient] = [at(saved, 0), Array.isArray(dy) ? at(dy, 0) : dy];
      const axes = tf.util.parseAxisParam(attributes.axis as number | number[], x.shape);
      const narrow = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
      const spread = (): tf.Tensor => gradient.reshape(narrow).mul(tf.fill(x.shape, 1));
      return { x: kernelName === 'Sum' ? spread : () => spread().div(size(x.shape) / size(narrow)) };
    },
  });
