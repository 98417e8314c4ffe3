import { messageOf } from '../shared/errors';
import type { Channel, WorkerCommand, WorkerEvent } from '../shared/protocol';
import { createRun } from './create-run';
import { RunController } from './run-controller';

/** Carries out one run, from its text to its last step, as the other end of the channel commands. */
export function serveRun(channel: Channel<WorkerEvent, WorkerCommand>): void {
  let controller: RunController | undefined;

  channel.onMessage(command => {
    if (command.type === 'start') void start(command);
    else controller?.handle(command); // nobody controls a run before it has said that it started
  });

  async function start(command: Extract<WorkerCommand, { type: 'start' }>): Promise<void> {
    const { text, source, preset, options, watch } = command;
    const post = (event: WorkerEvent): void => channel.post(event);
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
}
