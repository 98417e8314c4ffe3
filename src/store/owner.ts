import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** As it can stand in the name of a file. */
const thisMachine = encodeURIComponent(hostname());

/** What a window calls itself in the locks of its runs: its machine and process, and what no other window has. */
export function newOwner(): string {
  return `${thisMachine} ${process.pid} ${randomUUID()}`;
}

/** Whether an owner is known to be dead. Of one on another machine, or one of another kind, nothing is known. */
export function isDead(owner: string): boolean {
  const [machine, id] = owner.split(' ');
  const pid = Number(id);
  if (machine !== thisMachine || !Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0); // sends nothing, but tells whether there is such a process
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
