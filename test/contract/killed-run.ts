/** The run that a process trains while it is killed again and again. */
import { presets } from '../../src/shared/presets';
import { defaultRunOptions } from '../../src/shared/run';
import { names, smallPreset } from './small';

export const killedText = `${names.join('\n')}\n`;
const mlp = presets.find(({ id }) => id === 'mlp-part3-batchnorm')!;
/** With so many weights that a checkpoint takes a while to write. */
export const killed = { ...smallPreset(mlp, { nHidden: 256, maxSteps: 1_000_000 }), split: mlp.split };
export const killedOptions = defaultRunOptions;
