/** Work that is interrupted by other work: it goes on or starts over, and keeps nothing of what it was given up for. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import type { Tensor } from '@tensorflow/tfjs-core';
import { CompiledEngine } from '../../src/engine/compiled-engine';
import type { Program, TensorSpec } from '../../src/engine/engine';
import type { Cooperative } from '../../src/makemore/generate';
import { modelDefinitions } from '../../src/makemore/models';
import { TorchGenerator } from '../../src/makemore/random';
import { watchNothing } from '../../src/shared/inspection';
import { defaultMemoryLimit } from '../../src/shared/limits';
import { presetById, type Preset } from '../../src/shared/presets';
import type { WorkerEvent } from '../../src/shared/protocol';
import { defaultSampleRequest } from '../../src/shared/sampling';
import { createVocabulary } from '../../src/shared/vocabulary';
import { createRun } from '../../src/worker/create-run';
import { runInSlices } from '../../src/worker/loop';
import { NeuralTrainer } from '../../src/worker/neural-trainer';
import { RunController } from '../../src/worker/run-controller';
import { finish, names, smallPreset } from './small';

/** More than go through a model at once. */
const manyNames = Array.from({ length: 400 }, (_, i) =>
  [...String(i)].map(digit => 'abcdefghij'[Number(digit)]).join(''),
);

/** Counts the programs that have not been disposed of. */
class CountingEngine extends CompiledEngine {
  programsLeft = 0;

  override compile<I extends string, O extends string>(
    f: (x: Record<I, Tensor>) => Record<O, Tensor>,
    inputs: Record<I, TensorSpec>,
  ): Program<I, O> {
    const program = super.compile(f, inputs);
    const dispose = program.dispose.bind(program);
    this.programsLeft++;
    program.dispose = () => {
      this.programsLeft--;
      dispose();
    };
    return program;
  }
}

function trainerOn(engine: CompiledEngine, { model: id, hyperparameters: h }: Preset): NeuralTrainer {
  const model = modelDefinitions[id];
  ok(model.kind === 'neural');
  const splits = { train: manyNames, dev: null, test: null, notes: [] };
  const data = { splits, vocabulary: createVocabulary(manyNames), generator: new TorchGenerator(1) };
  const memory = { lengths: new Map(), distinct: 0, memoryLimit: defaultMemoryLimit };
  return new NeuralTrainer(model, h, { ...data, ...memory, purpose: 'train' }, engine);
}

describe('work that gives way', () => {
  for (const id of ['makemore-rnn', 'makemore-mlp', 'mlp-part2'])
    it(`a search for dead neurons in ${id} goes on after a look inside, which compiles programs`, () => {
      const trainer = trainerOn(new CompiledEngine(), smallPreset(presetById(id)));
      const search = trainer.leastActivations();
      search.next();
      trainer.inspect({ ...watchNothing, layers: true, walk: { text: 'abc', position: 1 } });
      const found = finish(search);
      deepStrictEqual(found, finish(trainer.leastActivations()));
      trainer.dispose();
    });

  it('a search or a calibration that is given up leaves no program behind', () => {
    const engine = new CountingEngine();
    const trainer = trainerOn(engine, smallPreset(presetById('mlp-part3-batchnorm')));
    const before = engine.programsLeft;
    for (const work of [trainer.leastActivations(), trainer.calibrate()]) {
      for (const pause of work) {
        strictEqual(pause, undefined);
        strictEqual(engine.programsLeft, before + 1);
        break;
      }
      strictEqual(engine.programsLeft, before);
    }
    trainer.dispose();
  });

  it('work that is given up is closed, down to the work that it waits for', async () => {
    let closed = false;
    function* inner(): Cooperative<void> {
      try {
        for (;;) yield;
      } finally {
        closed = true;
      }
    }
    function* outer(): Cooperative<number> {
      yield* inner();
      return 1;
    }
    strictEqual(await runInSlices(outer(), () => false), undefined);
    ok(closed);
  });

  it('a sample asked for during the calibration at the end comes first, and then the calibrated losses', async () => {
    const preset = smallPreset(presetById('mlp-part3-batchnorm'), { maxSteps: 2 });
    const run = await createRun(names.join('\n'), 'names.txt', preset, 'compiled');
    const events: WorkerEvent[] = [];
    const { trainer } = run;
    const calibrate = trainer.calibrate.bind(trainer);
    await new Promise<void>((resolve, reject) => {
      let asked = false;
      const ask = (): void => {
        asked = true;
        controller.handle({ type: 'sample', request });
      };
      trainer.calibrate = function* () {
        if (!asked) setImmediate(ask);
        while (!asked) yield;
        yield* calibrate();
      };
      const request = { ...defaultSampleRequest, count: 1 };
      const controller = new RunController(run, event => {
        events.push(event);
        if (event.type === 'evaluated' && event.evaluation.train !== undefined) resolve();
      });
      controller.run().catch(reject);
    });
    const last = events.at(-1);
    ok(events.some(({ type }) => type === 'sampled'));
    ok(last?.type === 'evaluated' && typeof last.evaluation.calibrated?.train === 'number');
  });
});
