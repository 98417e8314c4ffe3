import { controls } from './controls';
import { counts } from './counts';
import { loss } from './loss';
import type { Panel } from './panel';
import { samples } from './samples';

/** Every panel, in the order of the page. */
export const panels: readonly Panel[] = [controls, loss, samples, counts];
