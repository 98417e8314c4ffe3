import type { Engine, Program } from '../engine/engine';
import type { Cooperative, Predictor } from '../makemore/generate';
import type { DataSize } from '../makemore/models/model';
import { prediction, type Net } from '../makemore/programs';
import { PredictionCache } from './prediction-cache';
import { ContextSource, type ExampleSource } from './split-examples';

type PredictionProgram = Program<'x' | 'position', 'logits'>;

/** Predicts with a net what comes next: one program for a single name, one for the contexts of many names at once. */
export class NetPredictor {
  private readonly programs = new Map<number, PredictionProgram>();

  constructor(
    private readonly net: Net,
    private readonly engine: Engine,
    private readonly data: DataSize,
    private readonly chunkRows: number,
    private readonly source: ExampleSource,
  ) {}

  /** @param many whether so many names will be drawn that it pays to predict all contexts of the training names at once */
  *predictor(many: boolean): Cooperative<Predictor> {
    const rows = new PredictionCache(this.data.vocabSize);
    if (many && this.source instanceof ContextSource) yield* this.predictContexts(rows, this.source);
    const program = this.program(1);
    const x = new Int32Array(this.data.blockSize);
    return characters => {
      const { tokens, position } = this.windowOf(characters);
      const key = tokens.join();
      const known = rows.get(key);
      if (known) return known;
      x.fill(0).set(tokens);
      program.write('x', x);
      program.write('position', [position]);
      program.run();
      return rows.add(key, Float64Array.from(program.read('logits')));
    };
  }

  /** The last characters, as the model sees them: after a boundary, or as many as fill a context. */
  private windowOf(characters: readonly number[]): { tokens: readonly number[]; position: number } {
    const T = this.data.blockSize;
    if (this.net.model.example === 'sequence') {
      const tokens = [0, ...characters].slice(-T);
      return { tokens, position: tokens.length - 1 };
    }
    const before = characters.slice(-T);
    return { tokens: [...Array<number>(T - before.length).fill(0), ...before], position: 0 };
  }

  /** The contexts of the training names in chunks: most of the contexts that thousands of drawn names will need. */
  private *predictContexts(rows: PredictionCache, source: ContextSource): Cooperative<void> {
    const { x, length } = source.contexts();
    const { blockSize: T, vocabSize: V } = this.data;
    const contexts = new Map<string, ArrayLike<number>>();
    for (let i = 0; i < length && contexts.size < rows.most; i++) {
      const context = x.subarray(i * T, (i + 1) * T);
      contexts.set(context.join(), context);
    }
    const program = this.program(this.chunkRows);
    const batch = new Int32Array(this.chunkRows * T);
    const entries = [...contexts];
    for (let start = 0; start < entries.length; start += this.chunkRows) {
      const some = entries.slice(start, start + this.chunkRows);
      some.forEach(([, context], row) => batch.set(context, row * T));
      program.write('x', batch);
      program.run();
      const logits = program.read('logits');
      some.forEach(([key], row) => rows.add(key, Float64Array.from(logits.subarray(row * V, (row + 1) * V))));
      yield;
    }
  }

  private program(rows: number): PredictionProgram {
    const known = this.programs.get(rows);
    if (known) return known;
    const program = this.engine.compile(prediction(this.net), {
      x: { shape: [rows, this.data.blockSize], dtype: 'int32' },
      position: { shape: [rows], dtype: 'int32' },
    });
    this.programs.set(rows, program);
    return program;
  }
}
