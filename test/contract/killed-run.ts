/** The run that a process trains while it is killed again and again. */
import { presetById } from '../../src/shared/presets';
import { defaultRunOptions } from '../../src/shared/run';
import { names, smallPreset } from './small';

export const killedText = `${names.join('\n')}\n`;
const mlp = presetById('mlp-part3-batchnorm');
/** Has so many weights that it takes a while to write a checkpoint. */
export const killed = { ...smallPreset(mlp, { nHidden: 256, maxSteps: 1_000_000 }), split: mlp.split };
export const killedOptions = defaultRunOptions;
