import { join } from 'node:path';
import { InputError } from '../shared/errors';
import type { Place } from '../shared/protocol';
import type { CheckpointSummary } from './checkpoint';
import { writeWhole, type FileSystem } from './file-system';
import { newOwner } from './owner';
import { encodeDetails, type RunDetails } from './run-details';
import { detailsPath, isDamaged, readEntry, type DamagedEntry, type RunEntry } from './run-entry';
import { RunFolder, type StoredRun } from './run-folder';
import { RunLock } from './run-lock';
import type { RunRecord } from './run-record';

/** All runs of a person: a folder for each, of which other windows know too, and one for those that were deleted. */
export class RunStorage {
  private readonly runs: string;
  private readonly trash: string;
  /** The list is read many times over, and most runs in it are at rest. */
  private readonly known = new Map<string, RunEntry>();

  /** @param own what this window calls itself in the locks of its runs */
  constructor(
    private readonly fs: FileSystem,
    root: string,
    private readonly own = newOwner(),
  ) {
    this.runs = join(root, 'runs');
    this.trash = join(root, 'trash');
  }

  /** Those of other windows too. A folder that cannot be read is an entry like any other. */
  list(): (RunEntry | DamagedEntry)[] {
    return this.idsIn(this.runs).flatMap(id => {
      try {
        const entry = readEntry(this.fs, this.folderOf(id), id, this.own, this.known.get(id));
        if (entry && !isDamaged(entry)) this.known.set(id, entry);
        return entry ?? [];
      } catch {
        return []; // deleted by another window a moment ago
      }
    });
  }

  /** What a run learns. @throws InputError where there is no such run, or it cannot be read */
  read(id: string): { readonly record: RunRecord; readonly text: string } {
    const folder = new RunFolder(this.fs, this.folderOf(id));
    const record = folder.readRecord();
    return { record, text: folder.readNames(record) };
  }

  /** How far a run is; undefined where it is gone or cannot be read. */
  summaryOf(id: string): CheckpointSummary | undefined {
    try {
      return new RunFolder(this.fs, this.folderOf(id)).readSummary();
    } catch {
      return undefined;
    }
  }

  /** Everything of a run. @throws InputError */
  readWhole(id: string): StoredRun {
    return new RunFolder(this.fs, this.folderOf(id)).read();
  }

  /** Where a run is, or will be, on behalf of this window. */
  placeOf(id: string): Place {
    return { folder: this.folderOf(id), owner: this.own };
  }

  /** Lets go of a run of ours whose thread is gone. */
  release(id: string): void {
    new RunLock(this.fs, this.folderOf(id), this.own).release();
  }

  describe(id: string, details: RunDetails): void {
    writeWhole(this.fs, detailsPath(this.folderOf(id)), [Buffer.from(encodeDetails(details))]);
  }

  /** @throws InputError where another window is at it */
  moveToTrash(id: string): void {
    if (new RunLock(this.fs, this.folderOf(id)).isHeld())
      throw new InputError('The run is being written: stop it in its window, then delete it.');
    this.fs.mkdirSync(this.trash, { recursive: true });
    this.fs.renameSync(this.folderOf(id), this.inTrash(id));
    const now = Date.now() / 1000;
    this.fs.utimesSync(this.inTrash(id), now, now);
  }

  takeBack(id: string): void {
    this.fs.renameSync(this.inTrash(id), this.folderOf(id));
  }

  /** Deletes for good what has been in the trash for so long. */
  emptyTrash(milliseconds: number): void {
    for (const id of this.idsIn(this.trash)) {
      const { mtimeMs } = this.fs.statSync(this.inTrash(id));
      if (Date.now() - mtimeMs > milliseconds) this.fs.rmSync(this.inTrash(id), { recursive: true, force: true });
    }
  }

  /** Moves the oldest runs to the trash, but for pinned ones, those that somebody is at, and `kept`. */
  prune(most: number, kept: readonly string[]): void {
    const runs = this.list().sort((a, b) => b.changed - a.changed);
    for (const { id, owner, details } of runs.slice(most))
      if (owner === 'nobody' && !details.pinned && !kept.includes(id)) this.moveToTrash(id);
  }

  private idsIn(folder: string): string[] {
    return this.fs.existsSync(folder) ? this.fs.readdirSync(folder).filter(isId) : [];
  }

  private folderOf(id: string): string {
    if (!isId(id)) throw new InputError(`There is no run ${id}.`);
    return join(this.runs, id);
  }

  private inTrash(id: string): string {
    return join(this.trash, id);
  }
}

/** Names that lead nowhere else. */
function isId(name: string): boolean {
  return /^[0-9a-z-]{1,64}$/i.test(name);
}
