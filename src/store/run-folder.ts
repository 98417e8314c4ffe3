import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { InputError } from '../shared/errors';
import { maxFileBytes } from '../shared/limits';
import {
  decodeCheckpoint,
  decodeSummary,
  encodeCheckpoint,
  type Checkpoint,
  type CheckpointSummary,
} from './checkpoint';
import type { FileSystem } from './file-system';
import { RunFile, writeIn } from './run-file';
import { decodeRecord, encodeRecord, type RunRecord } from './run-record';
import { DamagedFileError, headBytes, readMetadata } from './safetensors';

/** A record is a page of text. */
const mostRecordBytes = 2 ** 20;
/** A checkpoint of the largest run that is let in, three times over for the optimizer's moments. */
const mostCheckpointBytes = 2 ** 32 - 1;
/** An unreadable byte of a file becomes a character that takes three. */
const mostNamesBytes = 3 * maxFileBytes;
/** Most headers are shorter. */
const firstBytes = 2 ** 16;

/** There is a checkpoint, but it cannot be used. */
export class DamagedCheckpointError extends InputError {}

/** Everything it takes to resume a run. */
export interface StoredRun {
  readonly record: RunRecord;
  readonly text: string;
  readonly checkpoint: Checkpoint;
}

/** Everything it takes to show how a run went. */
export interface RunHistory extends Pick<Checkpoint, 'step' | 'status' | 'losses' | 'evaluations'> {
  readonly record: RunRecord;
}

/**
 * One run on the disk: what it is (`run.json`), the names it learns (`names.txt`), and how far it is
 * (`checkpoint.safetensors`).
 */
export class RunFolder {
  private readonly record: RunFile;
  private readonly names: RunFile;
  private readonly checkpoint: RunFile;

  constructor(
    private readonly fs: FileSystem,
    readonly path: string,
  ) {
    this.record = new RunFile(fs, join(path, 'run.json'), mostRecordBytes);
    this.names = new RunFile(fs, join(path, 'names.txt'), mostNamesBytes);
    const checkpoint = join(path, 'checkpoint.safetensors');
    this.checkpoint = new RunFile(fs, checkpoint, mostCheckpointBytes, DamagedCheckpointError);
  }

  /** Whether a run that began here has got anywhere. */
  hasCheckpoint(): boolean {
    return this.checkpoint.exists();
  }

  /** Begins a run. Its names are written only here, however many checkpoints follow. @throws InputError */
  create(record: Omit<RunRecord, 'names'>, text: string): RunRecord {
    const names = Buffer.from(text);
    this.spareOthers(names);
    const whole = { ...record, names: sha256(names) };
    writeIn(this.path, () => {
      this.fs.mkdirSync(this.path, { recursive: true });
      this.checkpoint.remove(); // an earlier run's would be no state of this one
      this.names.write([names]);
    });
    this.writeRecord(whole);
    return whole;
  }

  /** A folder that a person has chosen may hold a `names.txt` that has nothing to do with any run. */
  private spareOthers(names: Buffer): void {
    if (this.record.exists() || !this.names.exists() || names.equals(this.names.read())) return;
    throw new InputError(`${this.names.path} is of no run, and would be overwritten: take another folder.`);
  }

  /** @throws InputError */
  writeRecord(record: RunRecord): void {
    writeIn(this.path, () => this.record.write([Buffer.from(encodeRecord(record))]));
  }

  /** @throws whatever the disk throws, or InputError if the checkpoint could not be read back */
  writeCheckpoint(checkpoint: Checkpoint): void {
    this.checkpoint.write(encodeCheckpoint(checkpoint));
  }

  /** Notes that the run went wrong after its last checkpoint. @throws whatever `writeCheckpoint` throws */
  markDiverged(): void {
    this.writeCheckpoint({ ...this.readCheckpoint(this.readRecord()), status: 'diverged' });
  }

  /** @throws InputError that says which file cannot be used, and why */
  read(): StoredRun {
    const record = this.readRecord();
    const text = this.readNames(record);
    return { record, text, checkpoint: this.readCheckpoint(record) };
  }

  /** What the run is, and how it went. @throws InputError */
  readHistory(): RunHistory {
    const record = this.readRecord();
    const { step, status, losses, evaluations } = this.readCheckpoint(record);
    return { record, step, status, losses, evaluations };
  }

  /** @throws InputError */
  readRecord(): RunRecord {
    return this.record.decode(bytes => decodeRecord(new TextDecoder().decode(bytes)));
  }

  /** @throws InputError */
  readNames(record: RunRecord): string {
    const names = this.names.read();
    if (sha256(names) !== record.names) throw this.names.damaged('it is not the text that the run learned');
    return new TextDecoder().decode(names);
  }

  /** How far the run is; it takes only the beginning of the checkpoint. @throws InputError */
  readSummary(): CheckpointSummary {
    return this.checkpoint.decodeBeginning(begin => {
      const bytes = begin(firstBytes);
      const metadata = readMetadata(bytes) ?? readMetadata(begin(headBytes(bytes)));
      if (!metadata) throw new DamagedFileError('it is cut off');
      return decodeSummary(metadata);
    });
  }

  /**
   * Renames a checkpoint that cannot be read, so that nothing is lost and nothing takes it for a good one.
   *
   * @returns its new name in the folder
   * @throws InputError
   */
  keepAside(): string {
    const aside = `${this.checkpoint.path}.damaged`;
    this.checkpoint.rename(aside);
    return basename(aside);
  }

  private readCheckpoint({ id }: RunRecord): Checkpoint {
    const checkpoint = this.checkpoint.decode(decodeCheckpoint);
    if (checkpoint.id !== id) throw this.checkpoint.damaged('it belongs to another run');
    return checkpoint;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
