import type * as vscode from 'vscode';
import type { InspectorPanel } from './inspector/inspector';
import { lossTextOf } from './runs/texts';
import { onRunEnd, type RunEnd } from './session/ends';
import type { RunQueue } from './session/queue';
import type { Session } from './session/session';
import { showInformationMessage } from './text/surfaces';

/** Whoever waited no longer than this still looks. */
const longMilliseconds = 30_000;

/** Tells of the end of a long run, and of the last of a queue, if nothing else in sight does. */
export function tellEnds(
  session: Session,
  queue: Pick<RunQueue, 'runs'>,
  inspector: Pick<InspectorPanel, 'isVisible' | 'show'>,
): vscode.Disposable {
  return onRunEnd(session, end => {
    if (inspector.isVisible || queue.runs.length > 0 || end.milliseconds < longMilliseconds) return;
    void tell(end, inspector);
  });
}

async function tell({ run }: RunEnd, inspector: Pick<InspectorPanel, 'show'>): Promise<void> {
  const show = 'Show Inspector';
  const what = `${run.preset?.title ?? 'A model'} on ${run.source?.name ?? 'a file'}`;
  const loss = lossTextOf(run);
  const result = run.status === 'diverged' ? 'diverged' : `finished${loss === undefined ? '' : ` (${loss})`}`;
  if ((await showInformationMessage(`${what} has ${result}.`, show)) === show) inspector.show();
}
