import type * as vscode from 'vscode';
import { divergenceSentence } from '../../shared/divergence';
import type { WorkerEvent } from '../../shared/protocol';

/** Logs an event of a run at a fitting level. */
export function logEvent(log: vscode.LogOutputChannel, event: WorkerEvent): void {
  switch (event.type) {
    case 'started':
      log.info(
        `${event.info.parameterCount} parameters, ${event.info.names} names, engine ${event.info.engine}. ${event.info.notes.join(' ')}`,
      );
      break;
    case 'evaluated':
      log.debug(JSON.stringify(event.evaluation));
      break;
    case 'status':
      log.info(`Step ${event.step}: ${event.status}`);
      break;
    case 'diverged':
      log.warn(divergenceSentence(event.divergence));
      break;
    case 'failed':
      log.error(event.reason);
      break;
    case 'takenOver':
      log.warn(`Step ${event.step}: another window has taken the run over`);
      break;
    case 'keptAs':
      log.info(`Step ${event.step}: kept as ${event.id}`);
      break;
    case 'sampleRefused':
      log.warn(event.reason);
      break;
    case 'sampled':
      log.info(`${event.samples.words.length} names sampled at step ${event.samples.step}`);
      break;
    case 'preparing':
    case 'losses':
    case 'counts':
    case 'trigrams':
    case 'smoothingCurve':
    case 'described':
    case 'kept':
    case 'inspected':
    case 'sampledAlong':
    case 'sampledNow':
    case 'findingDeadNeurons':
    case 'foundDeadNeurons':
    case 'sampling':
    case 'smoothed':
      log.trace(event.type);
      break;
    default:
      event satisfies never;
  }
}
