import { activations } from './activations';
import { batch } from './batch';
import { attention } from './attention';
import { batchNorm } from './batch-norm';
import { compare } from './compare';
import { controls } from './controls';
import { counts } from './counts';
import { embedding } from './embedding';
import { gradients } from './gradients';
import { learningRate } from './learning-rate';
import { loss } from './loss';
import type { Panel } from './panel';
import { predictions } from './predictions';
import { samples } from './samples';
import { saturation } from './saturation';
import { smoothingCurve } from './smoothing-curve';
import { tree } from './tree';
import { updates } from './updates';

/** Every panel, in the order of the page. */
export const panels: readonly Panel[] = [
  controls,
  compare,
  loss,
  learningRate,
  smoothingCurve,
  activations,
  gradients,
  updates,
  samples,
  counts,
  embedding,
  predictions,
  tree,
  attention,
  saturation,
  batchNorm,
  batch,
];
