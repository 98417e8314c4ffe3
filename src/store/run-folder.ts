import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InputError, messageOf } from '../shared/errors';
import { maxFileBytes } from '../shared/limits';
import {
  decodeCheckpoint,
  decodeSummary,
  encodeCheckpoint,
  type Checkpoint,
  type CheckpointSummary,
} from './checkpoint';
import { clearUnfinished, readWhole, writeWhole, type FileSystem } from './file-system';
import { decodeRecord, encodeRecord, type RunRecord } from './run-record';
import { DamagedFileError, headBytes, readMetadata } from './safetensors';

const recordFile = 'run.json';
const namesFile = 'names.txt';
const checkpointFile = 'checkpoint.safetensors';
/** A record is a page of text. */
const mostRecordBytes = 2 ** 20;
/** A checkpoint of the largest run that is let in, three times over for what an optimizer remembers. */
const mostCheckpointBytes = 2 ** 32 - 1;
/** An unreadable byte of a file becomes a character that takes three. */
const mostNamesBytes = 3 * maxFileBytes;
/** Most headers are shorter. */
const firstBytes = 2 ** 16;

/** A checkpoint that cannot be used, though it is there. */
export class DamagedCheckpointError extends InputError {}

/** What there is to go on with. */
export interface StoredRun {
  readonly record: RunRecord;
  readonly text: string;
  readonly checkpoint: Checkpoint;
}

/** What there is to look at. */
export interface RunHistory extends Pick<Checkpoint, 'step' | 'losses' | 'evaluations'> {
  readonly record: RunRecord;
}

/**
 * One run on the disk: what it is (`run.json`), the names it learns (`names.txt`), and how far it is
 * (`checkpoint.safetensors`).
 */
export class RunFolder {
  constructor(
    private readonly fs: FileSystem,
    readonly path: string,
  ) {}

  /** Whether a run that began here has got anywhere. */
  hasCheckpoint(): boolean {
    return this.fs.existsSync(this.file(checkpointFile));
  }

  /** Begins a run. The names stand there once, however many checkpoints follow. @throws InputError */
  create(record: Omit<RunRecord, 'names'>, text: string): RunRecord {
    const names = Buffer.from(text);
    this.spareOthers(names);
    const whole = { ...record, names: sha256(names) };
    writeIn(this.path, () => {
      this.fs.mkdirSync(this.path, { recursive: true });
      // A checkpoint of an earlier run would be no state of this one.
      this.fs.rmSync(this.file(checkpointFile), { force: true });
      this.write(namesFile, [names]);
    });
    this.writeRecord(whole);
    return whole;
  }

  /** A folder that a person has named may hold a file of this name that no run has written. */
  private spareOthers(names: Buffer): void {
    const file = this.file(namesFile);
    if (this.fs.existsSync(this.file(recordFile)) || !this.fs.existsSync(file)) return;
    if (!names.equals(this.readFile(namesFile, mostNamesBytes)))
      throw new InputError(`${file} is of no run, and would be overwritten: take another folder.`);
  }

  /** @throws InputError */
  writeRecord(record: RunRecord): void {
    writeIn(this.path, () => this.write(recordFile, [Buffer.from(encodeRecord(record))]));
  }

  writeCheckpoint(checkpoint: Checkpoint): void {
    this.write(checkpointFile, encodeCheckpoint(checkpoint));
  }

  /** @throws InputError saying which file cannot be used, and why */
  read(): StoredRun {
    const record = this.readRecord();
    const text = this.readNames(record);
    return { record, text, checkpoint: this.readCheckpoint(record) };
  }

  /** What the run is, and how it went. @throws InputError */
  readHistory(): RunHistory {
    const record = this.readRecord();
    const { step, losses, evaluations } = this.readCheckpoint(record);
    return { record, step, losses, evaluations };
  }

  /** @throws InputError */
  readRecord(): RunRecord {
    return this.decode(recordFile, mostRecordBytes, bytes => decodeRecord(new TextDecoder().decode(bytes)));
  }

  /** @throws InputError */
  readNames(record: RunRecord): string {
    const names = this.readFile(namesFile, mostNamesBytes);
    if (sha256(names) !== record.names) throw this.damaged(namesFile, 'it is not the text that the run learned');
    return new TextDecoder().decode(names);
  }

  /** How far the run is, from the beginning of its checkpoint. @throws InputError */
  readSummary(): CheckpointSummary {
    try {
      const bytes = this.readBeginning(checkpointFile, firstBytes);
      const head = (): Uint8Array => this.readBeginning(checkpointFile, headBytes(bytes));
      const metadata = readMetadata(bytes) ?? readMetadata(head());
      if (!metadata) throw new DamagedFileError('it is cut off');
      return decodeSummary(metadata);
    } catch (error) {
      throw this.explain(checkpointFile, error);
    }
  }

  /**
   * Puts a checkpoint that cannot be read beside its place, where nothing is lost and nothing takes it for a good one.
   *
   * @returns its name there
   * @throws InputError
   */
  keepAside(): string {
    const aside = `${checkpointFile}.damaged`;
    writeIn(this.path, () => this.fs.renameSync(this.file(checkpointFile), this.file(aside)));
    return aside;
  }

  /** Only the owner of the run writes these files: whatever is unfinished is of one that is gone. */
  private write(name: string, parts: readonly Uint8Array[]): void {
    clearUnfinished(this.fs, this.file(name));
    writeWhole(this.fs, this.file(name), parts);
  }

  private readCheckpoint({ id }: RunRecord): Checkpoint {
    const checkpoint = this.decode(checkpointFile, mostCheckpointBytes, decodeCheckpoint);
    if (checkpoint.id !== id) throw this.damaged(checkpointFile, 'it belongs to another run');
    return checkpoint;
  }

  private decode<T>(name: string, mostBytes: number, decode: (bytes: Uint8Array) => T): T {
    const bytes = this.readFile(name, mostBytes);
    try {
      return decode(bytes);
    } catch (error) {
      throw this.explain(name, error);
    }
  }

  private readFile(name: string, mostBytes: number): Buffer {
    try {
      return readWhole(this.fs, this.file(name), mostBytes);
    } catch (error) {
      throw this.explain(name, error);
    }
  }

  private readBeginning(name: string, most: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(most, this.fs.statSync(this.file(name)).size));
    const handle = this.fs.openSync(this.file(name), 'r');
    try {
      return bytes.subarray(0, this.fs.readSync(handle, bytes, 0, bytes.length, 0));
    } finally {
      this.fs.closeSync(handle);
    }
  }

  private file(name: string): string {
    return join(this.path, name);
  }

  private explain(name: string, error: unknown): unknown {
    if (error instanceof DamagedFileError) return this.damaged(name, error.message);
    if (error instanceof InputError) return error;
    return new InputError(`${this.file(name)} cannot be read (${messageOf(error)}): the run cannot go on from there.`);
  }

  private damaged(name: string, why: string): InputError {
    const sentence = `${this.file(name)} is damaged (${why}): the run cannot go on from there.`;
    return name === checkpointFile ? new DamagedCheckpointError(sentence) : new InputError(sentence);
  }
}

/** @throws InputError where the disk does not let it be written */
export function writeIn<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new InputError(
      `${folder} cannot be written (${messageOf(error)}): see that it may be written, and that there is room on the disk.`,
    );
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
