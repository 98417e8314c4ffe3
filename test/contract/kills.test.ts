import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TorchGenerator } from '../../src/makemore/random';
import { InputError } from '../../src/shared/errors';
import { newOwner } from '../../src/store/owner';
import { RunStorage } from '../../src/store/run-storage';
import { createRun } from '../../src/worker/create-run';
import { restoreRun } from '../../src/worker/stored-run';
import type { Trainer } from '../../src/worker/trainer';
import { seed } from '../seed';
import { killed, killedOptions, killedText } from './killed-run';
import { lossesOf } from './small';

const kills = 30;
/** Steps from one checkpoint to the next. */
const interval = 7;

/** The child must use the same instructions as this process, to get the same numbers. */
const flags = Number.parseInt(process.versions.node) < 21 ? ['--experimental-wasm-relaxed-simd'] : [];

describe('a process that is killed', () => {
  let root: string;
  let storage: RunStorage;
  beforeEach(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'makemore-kills-'));
    storage = new RunStorage(fs, root);
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  /** Lets a process train the run, and kills it so many milliseconds after its start, or after its first checkpoint. */
  async function train(id: string, milliseconds: number, onceKept: boolean): Promise<Printed> {
    const child = spawn(process.execPath, [...flags, 'out/test/node/kept-run.child.js', root, id, String(interval)]);
    let output = '';
    child.stderr.on('data', data => (output += String(data)));
    const kill = (): void => void delay(milliseconds).then(() => child.kill('SIGKILL'));
    if (!onceKept) kill();
    child.stdout.on('data', data => {
      if (onceKept && output === '') kill();
      output += String(data);
    });
    await new Promise(resolve => child.once('close', resolve));
    const lines = output.trimEnd().split('\n');
    const last = (word: string): number | undefined => {
      const line = lines.findLast(l => new RegExp(`^${word} \\d+$`).test(l));
      return line === undefined ? undefined : Number(line.split(' ')[1]);
    };
    const others = lines.filter(line => line !== '' && !/^(step|kept) \d+$/.test(line));
    return { step: last('step'), kept: last('kept'), others };
  }

  it(`loses only its last steps when it is killed at any moment (${kills} times), and resumes with the weights of one that never stopped`, async function () {
    this.timeout(120_000);
    const random = new TorchGenerator(seed);
    const counts = { starting: 0, writing: 0, newer: 0, training: 0, resumed: 0, lost: 0 };
    const both = await Promise.allSettled(['a', 'b'].map(id => killAgainAndAgain(id, kills / 2)));
    for (const one of both) if (one.status === 'rejected') throw one.reason;
    const { starting, writing, newer, training, resumed, lost } = counts;
    strictEqual(starting + writing + newer + training, kills);
    console.log(
      `      ${kills} kills: ${starting} before a checkpoint was begun, ${writing} while one was written, ${newer} when` +
        ` it was there but not yet printed, ${training} between two; at most ${lost} of ${interval} steps lost;` +
        ` ${resumed} times the losses that followed were compared`,
    );
    ok(writing > 0);

    async function killAgainAndAgain(id: string, times: number): Promise<void> {
      const { folder } = storage.placeOf(id);
      const begun = (): string | undefined => {
        const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
        const unfinished = names.filter(name => /^checkpoint\..*\.unfinished$/.test(name));
        ok(unfinished.length <= 1, 'what was left before has been cleared away');
        return unfinished.at(0);
      };
      const { trainer: reference } = await createRun(killedText, 'names.txt', killed, 'compiled', killedOptions);
      let before = -1;
      for (let i = 0; i < times; i++) {
        const onceKept = random.randint(5) > 0;
        const left = begun();
        const printed = await train(id, random.randint(onceKept ? 120 : 600), onceKept);
        deepStrictEqual(printed.others, []);
        const checkpoint = readCheckpoint(id);
        const kept = Math.max(printed.kept ?? -1, before);
        const step = checkpoint?.step ?? -1;
        ok(step === kept || step === printed.step, `step ${step} was read, ${kept} written, ${printed.step} begun`);
        if (printed.step === undefined) counts.starting++;
        else if (step > kept) counts.newer++;
        else if (begun() !== left && begun() !== undefined) counts.writing++;
        else counts.training++;
        // How many steps followed the last checkpoint that was begun is not known, but they are fewer than an interval.
        if (printed.step !== undefined) counts.lost = Math.max(counts.lost, printed.step - Math.max(step, 0));
        if (printed.step !== undefined)
          ok(printed.step - Math.max(step, 0) <= interval, 'more than an interval was lost');
        before = step;
        if (!checkpoint) continue;
        strictEqual(checkpoint.flavor, reference.flavor);
        while (reference.step < step) reference.trainStep();
        deepStrictEqual(checkpoint.model, reference.save());
        if (i % 5 === 0) await compareNext(id, reference);
      }
      reference.dispose();
    }

    async function compareNext(id: string, reference: Trainer): Promise<void> {
      const here = reference.save();
      const { run } = await restoreRun(storage.readWhole(id));
      deepStrictEqual(lossesOf(run.trainer, 30), lossesOf(reference, 30));
      deepStrictEqual(run.trainer.save(), reference.save());
      run.trainer.dispose();
      reference.restore(here);
      counts.resumed++;
    }
  });

  it('leaves each of its runs to exactly one of several processes that want them at the same moment', async function () {
    this.timeout(60_000);
    const [rounds, contenders] = [300, 4];
    const { pid } = spawnSync(process.execPath, ['--version']);
    const dead = newOwner().replace(` ${process.pid} `, ` ${pid} `);
    const elsewhere = randomUUID();
    const long = Date.now() / 1000 - 60;
    for (let i = 0; i < rounds; i++) {
      // Every other one is on a machine of which nothing is known, and has been silent for a minute.
      const owner = join(root, `${i}`, 'owner', i % 2 === 0 ? dead : elsewhere);
      fs.mkdirSync(owner, { recursive: true });
      if (i % 2 === 1) fs.utimesSync(owner, long, long);
    }
    const program = ['out/test/node/contender.child.js', root, `${rounds}`, `${Date.now() + 1000}`];
    const all = Array.from({ length: contenders }, () => new Child(spawn(process.execPath, program)));
    for (const one of all) await one.lines(rounds);
    const won = all.map(({ printed }) => printed.filter(line => /^own \d+$/.test(line)));
    const refused = all.flatMap(({ printed }) => printed.filter(line => !line.startsWith('own ')));
    for (const one of all) await one.kill();
    deepStrictEqual(won.flat().sort(), Array.from({ length: rounds }, (_, i) => `own ${i}`).sort());
    strictEqual(refused.length, rounds * (contenders - 1));
    for (const line of refused) match(line, /^Another window or terminal is writing .*: stop the run there, or take/);
    console.log(
      `      ${rounds} runs of dead owners, ${contenders} processes: one had each, ${won.map(w => w.length).join(' + ')},` +
        ` and ${refused.length} were refused in a sentence`,
    );
  });

  function readCheckpoint(id: string) {
    try {
      const { checkpoint, text } = storage.readWhole(id);
      strictEqual(text, killedText);
      return checkpoint;
    } catch (error) {
      ok(error instanceof InputError, String(error));
      ok(!error.message.includes('\n'));
      return undefined;
    }
  }
});

/** What a process printed before it was killed: its last steps, and any lines that it should not print. */
interface Printed {
  readonly step: number | undefined;
  readonly kept: number | undefined;
  readonly others: readonly string[];
}

/** A process, and the lines that it has printed so far. */
class Child {
  private output = '';
  private wake = (): void => undefined;

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on('data', data => {
      this.output += String(data);
      this.wake();
    });
  }

  get printed(): readonly string[] {
    return this.output.split('\n').slice(0, -1);
  }

  async lines(count: number): Promise<void> {
    while (this.printed.length < count) await new Promise<void>(resolve => (this.wake = resolve));
  }

  async kill(): Promise<void> {
    const over = new Promise(resolve => this.child.once('close', resolve));
    this.child.kill('SIGKILL');
    await over;
  }
}
