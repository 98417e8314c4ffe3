import { messageOf } from '../shared/errors';

/** Why the disk refused, without the path, which the sentence around it names already: "ENOSPC: no space left on device". */
export function reasonOf(error: unknown): string {
  const message = messageOf(error);
  const { syscall } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const end = syscall === undefined ? -1 : message.indexOf(`, ${syscall}`);
  return end < 0 ? message : message.slice(0, end);
}
