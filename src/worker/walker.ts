import type { Engine, Program } from '../engine/engine';
import { walkThrough, type Net, type Tapped } from '../makemore/programs';
import { InputError } from '../shared/errors';
import type { Walk, WalkPass, WalkRequest } from '../shared/inspection';
import { asRead } from '../shared/reading';
import { encode, type Vocabulary } from '../shared/vocabulary';

/** Each place of a name takes a forward pass, so longer names are cut. */
const longest = 64;

/** The forward passes of a name: probabilities at every place, and everything else at one of them. */
type Passed = Pick<Walk, 'logits' | 'passes'> & { readonly rows: readonly Float32Array[] };

/** Takes a name through a net, place by place. */
export class Walker {
  private compiled: Program<'x', string> | undefined;
  private readonly taps = new Map<string, Tapped>();

  constructor(
    private readonly net: Net,
    private readonly engine: Engine,
    private readonly vocabulary: Vocabulary,
    private readonly blockSize: number,
  ) {}

  walk(request: WalkRequest): Walk {
    return this.net.model.example === 'context'
      ? walkOf(request, this.vocabulary, longest, (tokens, position) => this.passContexts(tokens, position))
      : walkOf(request, this.vocabulary, this.blockSize - 1, (tokens, position) => this.passSequence(tokens, position));
  }

  /** One pass for each place: a context slides over the name. */
  private passContexts(tokens: readonly number[], position: number): Passed {
    const { program } = this;
    let found: Pick<Passed, 'logits' | 'passes'> | undefined;
    const rows = Array.from({ length: tokens.length + 1 }, (_, place) => {
      program.write('x', contextBefore(tokens, place, this.blockSize));
      program.run();
      const logits = program.read('logits');
      if (place === position) found = { logits, passes: this.passes(values => values) };
      return softmax(logits);
    });
    return { rows, passes: [], ...found };
  }

  /** One pass for all places: its tensors (1, T, …) have a row for each of them. */
  private passSequence(tokens: readonly number[], position: number): Passed {
    const { program, blockSize: T } = this;
    const x = new Int32Array(T);
    x.set(tokens, 1);
    program.write('x', x);
    program.run();
    const rowOf = (values: Float32Array, row: number): Float32Array => {
      const width = values.length / T;
      return values.slice(row * width, (row + 1) * width);
    };
    const logits = program.read('logits');
    return {
      rows: Array.from({ length: tokens.length + 1 }, (_, place) => softmax(rowOf(logits, place))),
      logits: rowOf(logits, position),
      passes: this.passes((values, { kind }) => (kind === 'attention' ? values : rowOf(values, position))),
    };
  }

  private passes(choose: (values: Float32Array, tap: Tapped) => Float32Array): WalkPass[] {
    return [...this.taps.values()].map(tap => {
      const { name, kind, shape } = tap;
      const values = choose(this.program.read(name), tap);
      const isWhole = this.net.model.example === 'context' || kind === 'attention';
      // Without the dimension of the batch, which is 1; of a sequence one row is left.
      return { name, kind, shape: isWhole ? shape.slice(1) : [values.length], values };
    });
  }

  private get program(): Program<'x', string> {
    this.compiled ??= this.engine.compile(
      walkThrough(this.net, tap => this.taps.set(tap.name, tap)),
      { x: { shape: [1, this.blockSize], dtype: 'int32' } },
    );
    return this.compiled;
  }
}

/**
 * Takes a name through a table of counts.
 *
 * @param predict from a context of `blockSize` characters to probabilities (V)
 */
export function walkThroughTable(
  request: WalkRequest,
  vocabulary: Vocabulary,
  blockSize: number,
  predict: (context: readonly number[]) => Float32Array,
): Walk {
  return walkOf(request, vocabulary, longest, tokens => {
    const rows = Array.from({ length: tokens.length + 1 }, (_, place) =>
      predict(contextBefore(tokens, place, blockSize)),
    );
    return { rows, passes: [] };
  });
}

function walkOf(
  request: WalkRequest,
  vocabulary: Vocabulary,
  most: number,
  pass: (tokens: readonly number[], position: number) => Passed,
): Walk {
  const V = vocabulary.itos.length;
  const characters = [...asRead(request.text, vocabulary.rules)].slice(0, most);
  const text = characters.join('');
  const position = Math.min(request.position, characters.length);
  try {
    const tokens = encode(text, vocabulary);
    if (tokens.includes(0)) throw new InputError('A name cannot hold the boundary character: leave it out.');
    const { rows, ...passed } = pass(tokens, position);
    const values = new Float32Array(rows.length * V);
    rows.forEach((row, i) => values.set(row, i * V));
    return { text, position, probs: { shape: [rows.length, V], values }, ...passed };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const probs = { shape: [0, V], values: new Float32Array(0) };
    return { text, position, probs, passes: [], problem: error.message };
  }
}

/** The last `length` characters before a place, with boundaries in front if there are fewer. */
function contextBefore(tokens: readonly number[], place: number, length: number): number[] {
  return Array.from({ length }, (_, t) => tokens[place - length + t] ?? 0);
}

function softmax(logits: Float32Array): Float32Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exps = Array.from(logits, v => Math.exp(v - largest));
  const sum = exps.reduce((a, b) => a + b, 0);
  return Float32Array.from(exps, v => v / sum);
}
