import { deepStrictEqual, doesNotThrow, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presetById } from '../../../src/shared/presets';
import type { WorkerCommand, WorkerEvent } from '../../../src/shared/protocol';
import { defaultMemoryLimit } from '../../../src/shared/limits';
import { defaultPace, defaultRunOptions } from '../../../src/shared/run';
import { watchNothing } from '../../../src/shared/inspection';
import { newOwner } from '../../../src/store/owner';
import { RunFolder } from '../../../src/store/run-folder';
import { RunLock } from '../../../src/store/run-lock';
import { serveRun } from '../../../src/worker/serve-run';

const sleeper = newOwner();
const text = 'emma\nolivia\nava\nisabella\nsophia\n';

/** A run as its thread serves it, and the events that it has posted. */
class Served {
  readonly events: WorkerEvent[] = [];
  private handle: (command: WorkerCommand) => void = () => undefined;
  private readonly waiting = new Set<() => void>();

  constructor(readonly folder: string) {
    const post = (event: WorkerEvent): void => {
      this.events.push(event);
      for (const look of this.waiting) look();
    };
    serveRun({ post, onMessage: handler => (this.handle = handler) }, () => undefined);
    this.post({
      type: 'start',
      id: 'a',
      text,
      source: { name: 'names.txt', uri: 'file:///names.txt' },
      preset: presetById('mlp-part2'),
      options: { ...defaultRunOptions, engine: 'tfjs-cpu' },
      watch: watchNothing,
      pace: defaultPace,
      memoryLimit: defaultMemoryLimit,
      place: { folder, owner: sleeper },
    });
  }

  post(command: WorkerCommand): void {
    this.handle(command);
  }

  /** Resolves with the first event from now on of which this holds. */
  next(holds: (event: WorkerEvent) => boolean): Promise<WorkerEvent> {
    const from = this.events.length;
    return new Promise(resolve => {
      const look = (): void => {
        const event = this.events.slice(from).find(holds);
        if (!event) return;
        this.waiting.delete(look);
        resolve(event);
      };
      this.waiting.add(look);
    });
  }
}

const isKept = (event: WorkerEvent): boolean => event.type === 'kept' && event.problem === undefined && event.step > 0;
const hasProblem = (event: WorkerEvent): boolean => event.type === 'kept' && event.problem !== undefined;
const hasStopped = (event: WorkerEvent): boolean => event.type === 'status' && event.status === 'stopped';

const numberOf = (text = ''): number => Number(text.replaceAll(',', ''));

describe('a run whose place on the disk is lost', () => {
  let root: string;
  let run: Served;
  beforeEach(async () => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-keeper-'));
    run = new Served(join(root, 'runs', 'a'));
    await run.next(isKept);
  });
  afterEach(async () => {
    const isOver = run.events.some(hasStopped);
    const end = run.next(hasStopped);
    run.post({ type: 'stop' });
    if (!isOver) await end;
    fs.rmSync(root, { recursive: true, force: true });
  });

  /** As another window does that has taken the owner for dead. */
  function takeOver(): RunLock {
    fs.rmSync(join(run.folder, 'owner'), { recursive: true });
    const lock = new RunLock(fs, run.folder, newOwner());
    ok(lock.acquire());
    return lock;
  }

  it('stops at once when another window owns it, says so, and writes nothing more', async () => {
    const stopped = run.next(hasStopped);
    const told = run.next(({ type }) => type === 'takenOver');
    takeOver();
    const before = new RunFolder(fs, run.folder).readSummary();
    await Promise.all([told, stopped]);
    strictEqual(new RunFolder(fs, run.folder).readSummary().status, before.status);
  });

  it('can be kept as a run of its own, with every step that was trained here', async () => {
    const stopped = run.next(hasStopped);
    takeOver();
    const end = await stopped;
    const own = join(root, 'runs', 'b');
    const kept = run.next(({ type }) => type === 'keptAs');
    run.post({ type: 'keepAs', id: 'b', place: { folder: own, owner: sleeper } });
    const event = await kept;
    ok(event.type === 'keptAs' && end.type === 'status');
    const stored = new RunFolder(fs, own).read();
    deepStrictEqual(
      [event.id, event.step, stored.record.id, stored.text, stored.checkpoint.step, stored.checkpoint.losses.length],
      ['b', end.step, 'b', text, end.step, end.step],
    );
    strictEqual(stored.checkpoint.status, 'stopped');
    strictEqual(new RunLock(fs, own).heldBy(), sleeper);
  });

  it('is made again where its folder was deleted, with its names and its record', async () => {
    fs.rmSync(join(root, 'runs'), { recursive: true });
    await run.next(event => isKept(event) && fs.existsSync(run.folder));
    const { record, text: names } = new RunFolder(fs, run.folder).read();
    deepStrictEqual([record.id, names], ['a', text]);
    doesNotThrow(() => new RunFolder(fs, run.folder).readSummary());
  });

  it('says which steps are lost when it is stopped on a disk that takes nothing, and is written when one tries again', async () => {
    const file = join(run.folder, 'checkpoint.safetensors');
    const kept = new RunFolder(fs, run.folder).readSummary().step;
    const refused = run.next(hasProblem);
    fs.rmSync(file);
    fs.mkdirSync(join(file, 'in the way'), { recursive: true });
    await refused;
    const lost = run.next(hasProblem);
    run.post({ type: 'stop' });
    const event = await lost;
    ok(event.type === 'kept' && event.isDue);
    const [, from, to] =
      /: steps ([\d,]+) to ([\d,]+) are lost when this window closes\.$/.exec(event.problem ?? '') ?? [];
    ok(numberOf(from) > kept);
    strictEqual(numberOf(to), event.step);
    fs.rmSync(file, { recursive: true });
    run.post({ type: 'keep' });
    const { step, status } = new RunFolder(fs, run.folder).readSummary();
    deepStrictEqual([step, status], [event.step, 'stopped']);
  });

  it('says what is lost where its folder cannot be made again, and is written once it can', async () => {
    const problem = run.next(hasProblem);
    fs.rmSync(join(root, 'runs'), { recursive: true });
    fs.writeFileSync(join(root, 'runs'), 'in the way');
    const event = await problem;
    match(event.type === 'kept' ? (event.problem ?? '') : '', /the run goes on, and nothing of it is on the disk\.$/);
    const kept = run.next(isKept);
    fs.rmSync(join(root, 'runs'));
    await kept;
    strictEqual(new RunFolder(fs, run.folder).readRecord().id, 'a');
  });
});
