import { join } from 'node:path';
import { InputError } from '../shared/errors';
import type { RunPlace } from '../shared/protocol';
import type { CheckpointSummary } from './checkpoint';
import { writeWhole, type FileSystem } from './file-system';
import { newOwner } from './owner';
import { encodeDetails, type RunDetails } from './run-details';
import { detailsPath, isDamaged, readEntry, type DamagedEntry, type RunEntry } from './run-entry';
import { RunFolder, writeIn, type RunHistory, type StoredRun } from './run-folder';
import { RunLock } from './run-lock';
import type { RunRecord } from './run-record';

/** All runs of a person: a folder for each, of which other windows know too, and one for those that were deleted. */
export class RunStorage {
  private readonly runs: string;
  private readonly trash: string;
  /** The list is read many times over, and most runs in it are at rest. */
  private known = new Map<string, RunEntry>();

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
    const entries = this.idsIn(this.runs).flatMap(id => {
      try {
        return readEntry(this.fs, this.folderOf(id), id, this.own, this.known.get(id)) ?? [];
      } catch {
        return []; // deleted by another window a moment ago
      }
    });
    this.known = new Map(entries.flatMap(entry => (isDamaged(entry) ? [] : [[entry.id, entry]])));
    return entries;
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

  /** How a run went, without its names, which may be large. @throws InputError */
  readHistory(id: string): RunHistory {
    return new RunFolder(this.fs, this.folderOf(id)).readHistory();
  }

  /** Where a run is, or will be, on behalf of this window. */
  placeOf(id: string): RunPlace {
    return { folder: this.folderOf(id), owner: this.own };
  }

  /** Lets go of a run of ours whose thread is gone. */
  release(id: string): void {
    new RunLock(this.fs, this.folderOf(id), this.own).release();
  }

  /** @throws InputError */
  describe(id: string, details: RunDetails): void {
    const folder = this.folderOf(id);
    writeIn(folder, () => writeWhole(this.fs, detailsPath(folder), [Buffer.from(encodeDetails(details))]));
  }

  /** @throws InputError where another window is at it, or the disk does not let it be moved */
  moveToTrash(id: string): void {
    const folder = this.folderOf(id);
    if (new RunLock(this.fs, folder).isHeld())
      throw new InputError('The run is being written: stop it in its window, then delete it.');
    writeIn(folder, () => {
      const now = Date.now() / 1000;
      this.fs.utimesSync(folder, now, now); // since when it is in the trash
      this.fs.mkdirSync(this.trash, { recursive: true });
      this.fs.renameSync(folder, this.inTrash(id));
    });
  }

  /** @throws InputError */
  takeBack(id: string): void {
    const folder = this.folderOf(id);
    writeIn(folder, () => this.fs.renameSync(this.inTrash(id), folder));
  }

  /** Deletes for good what has been in the trash for so long. @throws InputError where something of it stays */
  emptyTrash(milliseconds: number): void {
    each(this.idsIn(this.trash), id => {
      const folder = this.inTrash(id);
      writeIn(folder, () => {
        const { mtimeMs } = this.fs.statSync(folder);
        if (Date.now() - mtimeMs > milliseconds) this.fs.rmSync(folder, { recursive: true, force: true });
      });
    });
  }

  /**
   * Moves the oldest runs to the trash, but for pinned ones, those that somebody is at, and `kept`.
   *
   * @throws InputError where one of them stays
   */
  prune(most: number, kept: readonly string[]): void {
    const runs = this.list().sort((a, b) => b.changed - a.changed);
    const old = runs
      .slice(most)
      .filter(({ id, owner, details }) => owner === 'nobody' && !details.pinned && !kept.includes(id));
    each(old, ({ id }) => this.moveToTrash(id));
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

/** What fails for one is no reason to leave out the others. @throws what was thrown first, when all have had their turn */
function each<T>(all: readonly T[], act: (one: T) => void): void {
  const problems: unknown[] = [];
  for (const one of all) {
    try {
      act(one);
    } catch (error) {
      problems.push(error);
    }
  }
  if (problems.length > 0) throw problems[0];
}

/** Names that lead nowhere else. */
function isId(name: string): boolean {
  return /^[0-9a-z-]{1,64}$/i.test(name);
}
