import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { BrokenStep } from '../shared/divergence';
import { InputError } from '../shared/errors';
import { maxFileBytes } from '../shared/limits';
import { withSmoothing } from '../shared/presets';
import {
  decodeCheckpoint,
  decodeSummary,
  encodeCheckpoint,
  type Checkpoint,
  type CheckpointSummary,
} from './checkpoint';
import { makeFolder, standing, type FileSystem } from './file-system';
import { RunFile, writeIn } from './run-file';
import { asideSuffix, files } from './run-files';
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
export interface RunHistory extends Pick<Checkpoint, 'step' | 'status' | 'losses' | 'evaluations' | 'facts'> {
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
    this.record = new RunFile(fs, join(path, files.record), mostRecordBytes);
    this.names = new RunFile(fs, join(path, files.names), mostNamesBytes);
    const checkpoint = join(path, files.checkpoint);
    this.checkpoint = new RunFile(fs, checkpoint, mostCheckpointBytes, DamagedCheckpointError);
  }

  /** Whether a run that began here has got anywhere. */
  hasCheckpoint(): boolean {
    return this.checkpoint.exists();
  }

  /**
   * Begins a run, in place of one that is there. Its names are written only here, however many checkpoints follow.
   *
   * @throws InputError if something else is there, which is left alone, or if the disk refuses
   */
  create(record: Omit<RunRecord, 'names'>, text: string): RunRecord {
    const names = Buffer.from(text);
    const whole = { ...record, names: sha256(names) };
    this.refuseForeign();
    const hadRecord = this.record.exists();
    writeIn(this.path, () => {
      makeFolder(this.fs, this.path);
      // Once there is room for what comes, what was there makes way, and the record comes first: it tells what the rest is.
      const parts = [this.record.prepare([Buffer.from(encodeRecord(whole))])];
      try {
        parts.push(this.names.prepare([names]));
        this.checkpoint.remove(() => this.readSummary());
        this.names.remove(() => this.readNames(this.readRecord()));
        for (const part of parts) part.commit();
      } catch (error) {
        for (const part of parts) part.discard();
        if (!hadRecord) this.record.remove(() => this.readRecord());
        throw error;
      }
    });
    return whole;
  }

  /** A folder that a person has chosen may hold files that have nothing to do with any run. */
  private refuseForeign(): void {
    const hasRecord = this.record.exists();
    if (hasRecord) this.record.refuseForeign(() => this.readRecord());
    if (this.names.exists()) {
      if (!hasRecord) throw this.names.foreign();
      this.names.refuseForeign(() => this.readNames(this.readRecord()));
    }
    if (this.checkpoint.exists()) this.checkpoint.refuseForeign(() => this.readSummary());
  }

  /** @throws InputError */
  writeRecord(record: RunRecord): void {
    writeIn(this.path, () => this.record.write([Buffer.from(encodeRecord(record))]));
  }

  /** @throws whatever the disk throws, or InputError if the checkpoint could not be read back */
  writeCheckpoint(checkpoint: Checkpoint): void {
    this.checkpoint.write(encodeCheckpoint(checkpoint));
  }

  /** Notes that the run went wrong after its last checkpoint, and where. @throws whatever `writeCheckpoint` throws */
  markDiverged(broken?: BrokenStep): void {
    const last = this.readCheckpoint(this.readRecord());
    this.writeCheckpoint({ ...last, status: 'diverged', ...(broken && { broken }) });
  }

  /** @throws InputError that says which file cannot be used, and why */
  read(): StoredRun {
    const record = this.readRecord();
    const text = this.readNames(record);
    return { record, text, checkpoint: this.readCheckpoint(record) };
  }

  /** What the run is, with the smoothing that it has now, and how it went. @throws InputError */
  readHistory(): RunHistory {
    const record = this.readRecord();
    const { step, status, losses, evaluations, model, facts } = this.readCheckpoint(record);
    const preset = withSmoothing(record.preset, model.smoothing);
    return { record: { ...record, preset }, step, status, losses, evaluations, ...(facts && { facts }) };
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
    const first = `${this.checkpoint.path}${asideSuffix}`;
    let aside = first;
    for (let i = 2; standing(this.fs, aside); i++) aside = `${first}-${i}`; // an earlier one stays
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
