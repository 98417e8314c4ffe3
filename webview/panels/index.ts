import { about } from './about/about';
import { activations } from './layers/activations';
import { batch } from './batch/batch';
import { along } from './along/along';
import { attention } from './attention/attention';
import { batchNorm } from './batch-norm/batch-norm';
import { compare } from './compare/compare';
import { controls } from './controls/controls';
import { bigrams } from './bigrams/bigrams';
import { embedding } from './embedding/embedding';
import { gradients } from './layers/gradients';
import { learningRate } from './learning-rate/learning-rate';
import { loss } from './loss/loss';
import type { Panel } from './panel';
import { predictions } from './predictions/predictions';
import { samples } from './samples/samples';
import { saturation } from './saturation/saturation';
import { smoothingCurve } from './smoothing-curve/smoothing-curve';
import { tree } from './tree/tree';
import { updates } from './updates/updates';

/** Every panel, in the order of the page: what tells most comes first. */
export const panels: readonly Panel[] = [
  controls,
  loss,
  samples,
  compare,
  learningRate,
  smoothingCurve,
  activations,
  saturation,
  embedding,
  bigrams,
  predictions,
  gradients,
  updates,
  attention,
  tree,
  batchNorm,
  along,
  batch,
  about,
];
