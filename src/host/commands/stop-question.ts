import { showInformationMessage } from '../text/surfaces';
import type { Session } from '../session/session';
import { isTraining } from '../../shared/run-state';

type Answer = 'stop' | 'queue' | 'cancel';

const addToQueue = 'Add to the Queue';

/**
 * Whether another run can replace the current one: either nothing is lost by that, or the person agrees.
 *
 * @param toOpen the title of the other run, if it is only to be looked at
 */
export async function mayStop(session: Session, toOpen?: string): Promise<boolean> {
  return (await ask(session, toOpen, [])) === 'stop';
}

/** The same question for a new run, which can also wait. */
export async function askToStopOrQueue(session: Session): Promise<Answer> {
  return ask(session, undefined, [addToQueue]);
}

/** There is no question unless something trains that took time: not a run that was only opened, nor an experiment. */
async function ask(session: Session, toOpen: string | undefined, others: readonly string[]): Promise<Answer> {
  const { preset, source, step, purpose, opened } = session.state;
  if (!isTraining(session.state) || purpose !== 'train' || opened) return 'stop';
  const what = `${preset?.title ?? 'A model'} is training on ${source?.name ?? 'another file'} (step ${step.toLocaleString('en-US')}).`;
  const [question, stop] =
    toOpen === undefined
      ? ['Stop it and start a new run?', 'Stop and Start']
      : [`Stop it to open "${toOpen}"?`, 'Stop and Open'];
  const chosen = await showInformationMessage(`${what} ${question}`, stop, ...others, 'Cancel');
  if (chosen === stop) return 'stop';
  return chosen === addToQueue ? 'queue' : 'cancel';
}
