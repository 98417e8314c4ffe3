import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { parseInspectorCommand } from '../../../src/shared/inspector-commands';
import { at } from '../../../src/shared/at';
import { hyperparameterNames, hyperparameterProblem, hyperparameters } from '../../../src/shared/hyperparameters';
import { watchNothing } from '../../../src/shared/inspection';
import type { InspectorCommand } from '../../../src/shared/protocol';
import { defaultSampleRequest, samplerFamilies, sampleRequestProblem } from '../../../src/shared/sampling';
import { slotsIn } from '../slots-in';

const request = defaultSampleRequest;
/** Starts like every PNG. */
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);

describe('parsing a command of the inspector', () => {
  it('returns every kind of command as it was posted', () => {
    for (const command of [
      { type: 'pause' },
      { type: 'ready' },
      { type: 'openNames' },
      { type: 'findLearningRate' },
      { type: 'trainAgain' },
      { type: 'compareRuns' },
      { type: 'tryPreset', preset: 'wavenet-part5' },
      { type: 'overfit' },
      { type: 'focus', focused: true },
      { type: 'drawn', messages: 2 },
      { type: 'picture', panel: 'learning-rate', png },
      { type: 'smooth', smoothing: 0.5 },
      { type: 'watch', watch: { ...watchNothing, tensors: ['W'] } },
      { type: 'watch', watch: { ...watchNothing, layers: true, walk: { text: 'emma', position: 2 } } },
      { type: 'restart', hyperparameters: { nHidden: 64, learningRate: 0.05 } },
      { type: 'markPlaces', characters: ['.', '\u{1f600}'] },
      { type: 'markPlaces', characters: ['.', '.', 'a'] },
      { type: 'unmarkPlaces' },
      { type: 'goToLine', line: 0 },
      { type: 'countTrigrams', first: '\u{1f600}' },
      { type: 'sample', request },
      { type: 'sample', request: { ...request, bigram: ['a', '\u{1f600}'] } },
    ])
      deepStrictEqual(parseInspectorCommand(command), command);
  });

  it('drops fields that the command does not have', () => {
    deepStrictEqual(parseInspectorCommand({ type: 'pause', more: 1 }), { type: 'pause' });
    deepStrictEqual(parseInspectorCommand({ type: 'overfit', preset: 'mlp' }), { type: 'overfit' });
    deepStrictEqual(parseInspectorCommand({ type: 'sample', request: { ...request, more: 1 } }), {
      type: 'sample',
      request,
    });
  });

  it('refuses what is not a command, and values that cannot be used', () => {
    for (const message of [
      undefined,
      null,
      'pause',
      [],
      { type: 'start', text: 'emma' },
      { type: 'tryPreset', preset: 'wavenet' },
      { type: 'tryPreset' },
      { type: 'focus', focused: 1 },
      { type: 'drawn', messages: -1 },
      { type: 'picture', panel: '../loss', png },
      { type: 'picture', panel: 'loss', png: [...png] },
      { type: 'picture', panel: 'loss', png: png.subarray(1) },
      { type: 'smooth', smoothing: -1 },
      { type: 'smooth', smoothing: NaN },
      { type: 'watch', watch: { ...watchNothing, tensors: 'W' } },
      { type: 'watch', watch: { ...watchNothing, tensors: Array.from({ length: 1001 }, () => 'W') } },
      { type: 'watch', watch: { ...watchNothing, layers: 1 } },
      { type: 'watch', watch: { ...watchNothing, walk: { text: 'emma', position: -1 } } },
      { type: 'watch', watch: { ...watchNothing, walk: { text: 'e'.repeat(1001), position: 0 } } },
      { type: 'restart', hyperparameters: { nHidden: 0 } },
      { type: 'restart', hyperparameters: { nHidden: 1.5 } },
      { type: 'restart', hyperparameters: { constructor: 1 } },
      { type: 'markPlaces', characters: ['a'] },
      { type: 'markPlaces', characters: ['ab', 'c'] },
      { type: 'markPlaces', characters: 'ab' },
      { type: 'goToLine', line: -1 },
      { type: 'goToLine', line: 0.5 },
      { type: 'countTrigrams', first: '' },
      { type: 'countTrigrams', first: ['a'] },
      { type: 'sample' },
      { type: 'sample', request: { ...request, count: 1001 } },
      { type: 'sample', request: { ...request, temperature: -1 } },
      { type: 'sample', request: { ...request, prefix: 'a'.repeat(1000) } },
      { type: 'sample', request: { ...request, sampler: 'toString' } },
      { type: 'sample', request: { ...request, bigram: ['ab', 'c'] } },
    ])
      strictEqual(parseInspectorCommand(message), undefined, JSON.stringify(message));
  });

  it('refuses a picture over 64 MB', () => {
    const large = Buffer.concat([png, Buffer.alloc(64 * 2 ** 20)]);
    strictEqual(parseInspectorCommand({ type: 'picture', panel: 'loss', png: large }), undefined);
  });

  it('returns any valid command as it was posted', () => {
    const runs = { numRuns: 5000 };
    fc.assert(
      fc.property(valid, generated => {
        const posted = structuredClone(generated);
        deepStrictEqual(parseInspectorCommand(posted), posted);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} valid messages`);
  });

  it('neither throws nor accepts anything wrong when parts of a command are replaced', () => {
    const runs = { numRuns: 10_000 };
    let taken = 0;
    fc.assert(
      fc.property(valid, fc.array(fc.tuple(fc.nat(), hostile), { minLength: 1, maxLength: 3 }), (command, changes) => {
        const message = structuredClone(command);
        const inner = slotsIn(message).filter(({ key }) => key !== 'type');
        const places = inner.length > 0 ? inner : slotsIn(message);
        for (const [index, hostileValue] of changes) {
          const { holder, key } = at(places, index % places.length);
          const value = hostileValue === deep ? deep : (structuredClone(hostileValue) as unknown);
          Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
        }
        const parsed = parseInspectorCommand(message);
        if (!parsed) return;
        taken++;
        deepStrictEqual(parseInspectorCommand(structuredClone(parsed)), parsed);
        strictEqual(problemOf(parsed), undefined);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} messages with something else in them, ${taken} of them taken`);
    ok(taken > 0 && taken < runs.numRuns);
  });

  it('refuses huge and deeply nested values', () => {
    const long = 'a'.repeat(2 ** 28);
    for (const message of [
      { type: long },
      { type: 'countTrigrams', first: long },
      { type: 'markPlaces', characters: [long, long] },
      { type: 'picture', panel: long, png },
      { type: 'watch', watch: { ...watchNothing, tensors: [long] } },
      { type: 'sample', request: { ...request, prefix: long } },
      { type: 'sample', request: { ...request, sampler: long } },
      { type: 'sample', request: { ...request, bigram: [long, 'a'] } },
      { type: 'restart', hyperparameters: { nHidden: long } },
      { type: 'restart', hyperparameters: { nHidden: deep } },
      { type: 'restart', hyperparameters: deep },
      { type: 'arrange', arrangement: { folded: {}, order: [deep], columns: {}, settings: {} } },
      { type: 'arrange', arrangement: { folded: {}, order: [long.slice(0, 70_000)], columns: {}, settings: {} } },
    ])
      strictEqual(parseInspectorCommand(message), undefined, message.type.slice(0, 20));
  });

  it('never throws, whatever was posted', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record({
            type: fc.constantFrom('sample', 'restart', 'watch', 'arrange'),
            request: fc.anything(),
            hyperparameters: fc.anything(),
            watch: fc.anything(),
          }),
        ),
        message => {
          parseInspectorCommand(message);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

const character = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
  .map(text => [...text].slice(0, 1).join(''));
const short = fc.string({ unit: 'grapheme', maxLength: 20 });
const anyHyperparameters = fc.record(
  Object.fromEntries(
    hyperparameterNames.map(name => {
      const { min, max, integer } = hyperparameters[name];
      return [name, integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })];
    }),
  ),
  { requiredKeys: [] },
);
const anyRequest = fc.record(
  {
    count: fc.integer({ min: 1, max: 1000 }),
    seed: fc.maxSafeNat(),
    sampler: fc.constantFrom(...samplerFamilies),
    temperature: fc.double({ min: 0, max: 100, noNaN: true }),
    topK: fc.integer({ min: -1, max: 1_000_000 }),
    prefix: short,
    bigram: fc.tuple(character, character),
  },
  { requiredKeys: ['count', 'seed', 'sampler', 'temperature', 'topK', 'prefix'] },
);
const watchFields: Record<string, fc.Arbitrary<unknown>> = {
  ...Object.fromEntries(Object.keys(watchNothing).map(flag => [flag, fc.boolean()])),
  tensors: fc.array(short, { maxLength: 5 }),
  walk: fc.record({ text: short, position: fc.nat() }),
};
const anyWatch = fc.record(watchFields, { requiredKeys: Object.keys(watchNothing) });
const anyArrangement = fc.record({
  folded: fc.dictionary(short, fc.boolean()),
  order: fc.array(short, { maxLength: 5 }),
  columns: fc.dictionary(short, fc.constantFrom('first', 'second')),
  settings: fc.dictionary(short, fc.oneof(short, fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
});
const anyPanel = fc.stringMatching(/^[a-z-]{1,40}$/);

/** A message with all of its fields. */
const command = (type: string, fields: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ type: fc.constant(type), ...fields }, { noNullPrototype: true });

const valid: fc.Arbitrary<{ type: string }> = fc.oneof(
  fc.constantFrom('pause', 'resume', 'ready', 'train', 'unmarkPlaces', 'findDeadNeurons').chain(type => command(type)),
  command('markPlaces', { characters: fc.array(character, { minLength: 2, maxLength: 3 }) }),
  command('goToLine', { line: fc.nat() }),
  command('countTrigrams', { first: character }),
  command('focus', { focused: fc.boolean() }),
  command('picture', {
    panel: anyPanel,
    png: fc.uint8Array({ maxLength: 9 }).map(rest => Uint8Array.of(...png, ...rest)),
  }),
  command('arrange', { arrangement: anyArrangement }),
  command('smooth', { smoothing: fc.double({ min: 0, max: 1e6, noNaN: true }) }),
  command('watch', { watch: anyWatch }),
  command('restart', { hyperparameters: anyHyperparameters }),
  command('sample', { request: anyRequest }),
);

/** Nested so deeply that recursion into it overflows the stack. */
const deep = Array.from({ length: 100_000 }).reduce<unknown[]>(inner => [inner], []);
/** Values that nobody thinks of. Only what can be posted: no functions. */
const hostile = fc.oneof(
  fc.anything(),
  fc.constantFrom(undefined, null, NaN, -0, Infinity, 1e308, -1, 0.5, '', '__proto__', 'constructor', '\ud83d', [], {}),
  fc.constantFrom(
    { toString: 1, valueOf: 1 },
    { length: -1 },
    { length: 2, 0: 'a', 1: 'b' },
    JSON.parse('{"__proto__":1}'),
  ),
  fc.constantFrom('a'.repeat(2000), new Uint8Array(3), new Date(NaN), new Map(), 1n).map(value => value as unknown),
  fc.constant(deep),
);

/** What is wrong with a command that was accepted: its rules once more, written out by type. */
function problemOf(taken: InspectorCommand): string | undefined {
  const one = (text: string): boolean => [...text].length === 1;
  switch (taken.type) {
    case 'markPlaces':
      return [2, 3].includes(taken.characters.length) && taken.characters.every(one) ? undefined : 'characters';
    case 'goToLine':
      return Number.isInteger(taken.line) && taken.line >= 0 ? undefined : 'line';
    case 'countTrigrams':
      return one(taken.first) ? undefined : 'first';
    case 'focus':
      return typeof taken.focused === 'boolean' ? undefined : 'focused';
    case 'picture':
      return typeof taken.panel === 'string' && taken.png instanceof Uint8Array ? undefined : 'picture';
    case 'smooth':
      return hyperparameterProblem('smoothing', taken.smoothing);
    case 'sample':
      return sampleRequestProblem(taken.request);
    case 'restart':
      return Object.entries(taken.hyperparameters)
        .map(([name, value]) => {
          const known = hyperparameterNames.find(hyperparameter => hyperparameter === name);
          return known ? hyperparameterProblem(known, value) : name;
        })
        .find(problem => problem !== undefined);
    case 'watch': {
      const { tensors, walk, ...flags } = taken.watch;
      if (!tensors.every(name => typeof name === 'string')) return 'tensors';
      if (walk && !(typeof walk.text === 'string' && Number.isInteger(walk.position))) return 'walk';
      return Object.values(flags).every(flag => typeof flag === 'boolean') ? undefined : 'flags';
    }
    case 'arrange': {
      const { folded, order, columns, settings } = taken.arrangement;
      const isSetting = (value: unknown): boolean => ['string', 'boolean', 'number'].includes(typeof value);
      if (!Object.values(folded).every(is => typeof is === 'boolean')) return 'folded';
      if (!order.every(id => typeof id === 'string')) return 'order';
      if (!Object.values(columns).every(column => ['first', 'second'].includes(column))) return 'columns';
      return Object.values(settings).every(isSetting) ? undefined : 'settings';
    }
    default:
      return Object.keys(taken).join() === 'type' ? undefined : 'more than a type';
  }
}
