import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Encoded, since it becomes part of a file name. */
const thisMachine = encodeURIComponent(hostname());

/**
 * What a window calls itself in the locks of its runs: its machine, its process, an id that no other window has, and,
 * where the system says so, when the process started.
 */
export function newOwner(): string {
  const name = `${thisMachine} ${process.pid} ${randomUUID()}`;
  const stat = readStat(process.pid);
  return stat ? `${name} ${stat.startTime}` : name;
}

const ownerForm = /^(\S+ \d+ )?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}( \d+)?$/;

/** Whether an owner may be called so. Earlier versions left out the start time, and some locks have only an id. */
export function isOwnerName(name: string): boolean {
  return ownerForm.test(name);
}

/** The folder of a run in which its owner's name is. */
export const lockFolder = 'owner';

/** Whether a lock makes folders of this name: the one that counts, those that contenders prepare, or an owner's name. */
export function isLockFolder(name: string): boolean {
  const prepared = `${lockFolder}.`;
  return name === lockFolder || isOwnerName(name.startsWith(prepared) ? name.slice(prepared.length) : name);
}

/** Whether an owner's process runs. Of one on another machine, or with a name of another kind, nothing is known. */
export function lifeOf(owner: string): 'alive' | 'dead' | 'unknown' {
  const [machine, id, , startTime] = owner.split(' ');
  const pid = Number(id);
  if (machine !== thisMachine || !Number.isSafeInteger(pid) || pid <= 0) return 'unknown';
  if (!exists(pid)) return 'dead';
  const stat = readStat(pid);
  if (!stat) return 'alive'; // as far as this system says
  if (stat.isOver) return 'dead';
  const isAnother = startTime !== undefined && startTime !== stat.startTime; // which was given the same id
  return isAnother ? 'dead' : 'alive';
}

export function isDead(owner: string): boolean {
  return lifeOf(owner) === 'dead';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing: it only fails if there is no such process
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

interface ProcessStat {
  /** It has ended, though its parent has not asked how: a zombie, which in some containers stays for good. */
  readonly isOver: boolean;
  /** In clock ticks since the machine started. */
  readonly startTime: string;
}

/** What Linux says of a process (proc_pid_stat(5)); undefined on other systems, or where the process has just gone. */
function readStat(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Before the third field, its state, is the program's name in parentheses, which may hold anything; the start is field 22.
    const [state = '', ...others] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTime = others[22 - 4];
    return startTime === undefined ? undefined : { isOver: ['Z', 'X', 'x'].includes(state), startTime };
  } catch {
    return undefined;
  }
}
