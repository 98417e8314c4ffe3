import type { InspectorPanel } from '../inspector/inspector';
import type { Memory } from '../memory';
import type { RunQueue } from '../session/queue';
import type { Session } from '../session/session';

/** What the commands work on. */
export interface CommandContext {
  readonly memory: Memory;
  readonly session: Session;
  readonly queue: RunQueue;
  readonly inspector: Pick<InspectorPanel, 'show' | 'look' | 'looked' | 'isVisible' | 'prepare' | 'takePicture'>;
}
