import { join } from 'node:path';
import { InputError } from '../shared/errors';
import type { RunPlace } from '../shared/protocol';
import type { Source } from '../shared/run';
import type { CheckpointSummary } from './checkpoint';
import { codeOf, isRealFolder, makeFolder, standing, type FileSystem } from './file-system';
import { newOwner } from './owner';
import { patient } from './patience';
import { encodeDetails, type RunDetails } from './run-details';
import {
  detailsPath,
  isDamaged,
  readEntry,
  type DamagedEntry,
  type ReadEntry as Known,
  type RunEntry,
} from './run-entry';
import { writeIn } from './run-file';
import { RunFolder, type RunHistory, type StoredRun } from './run-folder';
import { asleepMilliseconds, RunLock } from './run-lock';
import type { RunRecord } from './run-record';
import { deleteRun } from './run-removal';
import { writeWhole } from './write-file';

/** All runs of a person, which all windows share: a folder with a folder for each run, and another for deleted ones. */
export class RunStorage {
  private readonly runs: string;
  private readonly trash: string;
  /** What was last read: the list is read again and again, while most of its runs stay as they are. */
  private known = new Map<string, Known>();

  /**
   * @param own this window's name in the locks of its runs
   * @param patientFs for what a person waits for; whatever is done again anyway does not hold up the window
   */
  constructor(
    private readonly fs: FileSystem,
    root: string,
    private readonly own = newOwner(),
    private readonly patientFs = patient(fs),
  ) {
    this.runs = join(root, 'runs');
    this.trash = join(root, 'trash');
  }

  /**
   * All runs, those of other windows included. A folder that cannot be read is listed as damaged; what the disk refuses
   * to tell just now is listed as it was.
   */
  list(): (RunEntry | DamagedEntry)[] {
    const known = new Map<string, Known>();
    for (const id of this.idsOfRuns()) {
      const before = this.known.get(id);
      const now = this.look(id, before);
      if (now) known.set(id, now);
    }
    this.known = known;
    return [...known.values()].flatMap(({ entry }) => entry ?? []);
  }

  private idsOfRuns(): readonly string[] {
    try {
      return this.idsIn(this.runs);
    } catch {
      return [...this.known.keys()];
    }
  }

  private look(id: string, before?: Known): Known | undefined {
    try {
      return readEntry(this.fs, this.folderOf(id), id, this.own, before?.read);
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? undefined : before; // deleted by another window a moment ago
    }
  }

  /** What a run learns. @throws InputError if there is no such run, or it cannot be read */
  read(id: string): { readonly record: RunRecord; readonly text: string } {
    const folder = new RunFolder(this.fs, this.folderOf(id));
    const record = folder.readRecord();
    return { record, text: folder.readNames(record) };
  }

  /** How far a run is; undefined if it is gone or cannot be read. */
  summaryOf(id: string): CheckpointSummary | undefined {
    try {
      return new RunFolder(this.fs, this.folderOf(id)).readSummary();
    } catch {
      return undefined;
    }
  }

  /** A run with its names and its checkpoint. @throws InputError */
  readWhole(id: string): StoredRun {
    return new RunFolder(this.fs, this.folderOf(id)).read();
  }

  /** How a run went, without its names, which may take long to read. @throws InputError */
  readHistory(id: string): RunHistory {
    return new RunFolder(this.fs, this.folderOf(id)).readHistory();
  }

  /** Where a run is or will be, and the name under which this window owns it. */
  placeOf(id: string): RunPlace {
    return { folder: this.folderOf(id), owner: this.own };
  }

  /** Releases the lock of a run of ours whose thread is gone. */
  release(id: string): void {
    new RunLock(this.patientFs, this.folderOf(id), this.own).release();
  }

  /** @throws InputError */
  describe(id: string, details: RunDetails): void {
    const folder = this.folderOf(id);
    writeIn(folder, () => writeWhole(this.patientFs, detailsPath(folder), [Buffer.from(encodeDetails(details))]));
  }

  /**
   * Notes in the records where files are now.
   *
   * @param moved undefined for a file that stays where it is
   * @throws InputError if a record could not be written
   */
  relocate(moved: (source: Source) => Source | undefined): void {
    each(this.list(), entry => {
      const source = isDamaged(entry) ? undefined : moved(entry.record.source);
      if (!source) return;
      const folder = new RunFolder(this.patientFs, entry.folder);
      folder.writeRecord({ ...folder.readRecord(), source });
    });
  }

  /** @throws InputError if somebody owns the run, or the disk refuses */
  moveToTrash(id: string): void {
    this.move(this.patientFs, id);
  }

  private move(fs: FileSystem, id: string): void {
    const folder = this.folderOf(id);
    writeIn(folder, () => {
      const lock = new RunLock(fs, folder);
      if (lock.isHeld()) throw new InputError('The run is being written: stop it in its window, then delete it.');
      if (lock.heldBy(asleepMilliseconds) !== undefined)
        throw new InputError('Another window wrote it less than a minute ago, and may only sleep: try again later.');
      for (const place of [this.runs, this.trash]) refuseLink(fs, place);
      makeFolder(fs, this.trash);
      if (isRealFolder(fs, folder)) {
        const now = Date.now() / 1000;
        fs.utimesSync(folder, now, now); // when it was deleted
      }
      fs.renameSync(folder, this.inTrash(id));
    });
  }

  /** @throws InputError */
  takeBack(id: string): void {
    const folder = this.folderOf(id);
    writeIn(folder, () => {
      refuseLink(this.fs, this.trash);
      this.patientFs.renameSync(this.inTrash(id), folder);
    });
  }

  /**
   * Deletes for good what has been in the trash for longer than that. What is of no run stays.
   *
   * @throws InputError if something could not be deleted
   */
  emptyTrash(milliseconds: number): void {
    const ids = writeIn(this.trash, () => {
      refuseLink(this.fs, this.trash);
      return this.idsIn(this.trash);
    });
    each(ids, id => {
      const folder = this.inTrash(id);
      writeIn(folder, () => {
        const { mtimeMs } = this.fs.lstatSync(folder);
        if (Date.now() - mtimeMs > milliseconds) deleteRun(this.fs, folder);
      });
    });
  }

  /**
   * Moves all but the newest runs to the trash. Pinned runs, those that somebody owns, and those in `kept` stay.
   *
   * @throws InputError if one of them could not be moved
   */
  prune(most: number, kept: readonly string[]): void {
    const runs = this.list().sort((a, b) => b.changed - a.changed);
    const old = runs
      .slice(most)
      .filter(({ id, owner, details }) => owner === 'nobody' && !details.pinned && !kept.includes(id));
    each(old, ({ id }) => this.move(this.fs, id));
  }

  private idsIn(folder: string): string[] {
    return standing(this.fs, folder) ? this.fs.readdirSync(folder).filter(isId) : [];
  }

  private folderOf(id: string): string {
    if (!isId(id)) throw new InputError(`There is no run ${id}.`);
    return join(this.runs, id);
  }

  private inTrash(id: string): string {
    return join(this.trash, id);
  }
}

/** Whatever a link leads to is not in the storage. @throws InputError */
function refuseLink(fs: FileSystem, folder: string): void {
  if (standing(fs, folder)?.isDirectory() === false)
    throw new InputError(`${folder} is no folder of the runs' own, and was left alone: put a folder in its place.`);
}

/** Calls `act` for all of them, even if it throws for some. @throws the first of the errors, after the last call */
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

/** Whether it is a plain name, which leads to no other folder. */
function isId(name: string): boolean {
  return /^[0-9a-z-]{1,64}$/i.test(name);
}
