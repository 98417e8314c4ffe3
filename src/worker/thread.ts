/** Entry of the worker thread: one run, from its text to its last step. A new run gets a new thread. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../shared/errors';
import type { ControlCommand, WorkerCommand, WorkerEvent } from '../shared/protocol';
import { RunController } from './run-controller';
import { createRun } from './create-run';

const port = parentPort;
if (!port) throw new Error('thread.ts runs in a worker thread only.');

const post = (event: WorkerEvent): void => port.postMessage(event);
/** Commands that arrive while the run is being built are carried out when it stands. */
const early: ControlCommand[] = [];
let controller: RunController | undefined;

port.on('message', (command: WorkerCommand) => {
  if (command.type === 'start') void start(command);
  else if (controller) controller.handle(command);
  else early.push(command);
});

async function start({ text, source, preset, engine }: Extract<WorkerCommand, { type: 'start' }>): Promise<void> {
  try {
    const run = await createRun(text, source, preset, engine);
    post({ type: 'started', info: run.info });
    post({ type: 'counts', counts: run.counts });
    controller = new RunController(run, post);
    for (const command of early) controller.handle(command);
    await controller.run();
  } catch (error) {
    post({ type: 'failed', reason: messageOf(error) });
  }
}
