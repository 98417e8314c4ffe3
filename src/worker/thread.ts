/** Entry of the worker thread: one run. A new run gets a new thread. */
import { parentPort } from 'node:worker_threads';
import { serveRun } from './serve-run';

const port = parentPort;
if (!port) throw new Error('thread.ts runs in a worker thread only.');

serveRun(
  {
    post: event => port.postMessage(event),
    onMessage: handler => port.on('message', handler),
  },
  () => process.exit(), // of the thread alone; what it has posted still arrives
);
