/** Entry of the worker thread: one run, from its text to its last step. A new run gets a new thread. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../shared/errors';
import type { WorkerCommand, WorkerEvent } from '../shared/protocol';
import { RunController } from './run-controller';
import { createRun } from './create-run';

const port = parentPort;
if (!port) throw new Error('thread.ts runs in a worker thread only.');

const post = (event: WorkerEvent): void => port.postMessage(event);
let controller: RunController | undefined;

port.on('message', (command: WorkerCommand) => {
  if (command.type === 'start') void start(command);
  else controller?.handle(command); // nobody controls a run before it has said that it started
});

async function start({
  text,
  source,
  preset,
  options,
  watch,
}: Extract<WorkerCommand, { type: 'start' }>): Promise<void> {
  try {
    const run = await createRun(text, source, preset, options.engine, options);
    controller = new RunController(run, post);
    post({ type: 'started', info: run.info });
    post({ type: 'counts', counts: run.counts });
    post({ type: 'described', data: run.data });
    if (run.smoothingCurve) post({ type: 'smoothingCurve', curve: run.smoothingCurve });
    controller.handle({ type: 'watch', watch });
    await controller.run();
  } catch (error) {
    post({ type: 'failed', reason: messageOf(error) });
  }
}
