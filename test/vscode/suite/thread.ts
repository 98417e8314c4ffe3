import type { Worker } from 'node:worker_threads';

let newest: Worker | undefined;
process.on('worker', worker => (newest = worker));

/** Ends the thread of the run that was started last, as running out of memory would. */
export async function killThread(): Promise<void> {
  if (!newest) throw new Error('No thread has been started.');
  await newest.terminate();
}
