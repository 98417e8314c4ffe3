import { deepStrictEqual, match, ok, strictEqual, throws } from 'node:assert/strict';
import { modelDefinitions } from '../../../src/makemore/models';
import { defaultMemoryLimit } from '../../../src/shared/limits';
import { MemoryRefusal } from '../../../src/shared/memory-refusal';
import { readNames } from '../../../src/reading/read-names';
import { presetById } from '../../../src/shared/presets';
import type { LongName } from '../../../src/shared/run';
import type { Hyperparameters } from '../../../src/shared/hyperparameters';
import { checkMemory, checkNames } from '../../../src/worker/check-memory';
import { estimateBytes, type RunFacts } from '../../../src/worker/estimate';
import { longNameOf } from '../../../src/worker/long-name';

function factsOf(id: string, changes: Partial<RunFacts> = {}, hyperparameters: Hyperparameters = {}): RunFacts {
  const preset = presetById(id);
  return {
    model: modelDefinitions[preset.model],
    hyperparameters: { ...preset.hyperparameters, ...hyperparameters },
    engine: 'compiled',
    vocabSize: 27,
    blockSize: 16,
    names: 32_033,
    characters: 228_146,
    distinct: 29_494,
    rows: hyperparameters.batchSize ?? 32,
    ...changes,
  };
}

/** What names of these lengths are refused with. */
function refusalOf(facts: RunFacts, lengths: readonly number[] = [6]): MemoryRefusal {
  const text = lengths.map(length => 'x'.repeat(length)).join('\n');
  try {
    checkMemory(facts, readNames(text, 'names.txt').lengths, defaultMemoryLimit);
  } catch (error) {
    if (error instanceof MemoryRefusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('a run that would take too much memory', () => {
  it('is refused for the one long line, if the others are short', () => {
    const facts = factsOf('makemore-mlp', { blockSize: 1001, names: 4 });
    const { message, remedy } = refusalOf(facts, [4, 5, 5, 1000]);
    match(
      message,
      /^Line 4 has 1,000 characters, the others 5 at most: a context that long needs [\d.]+ GB of memory, /,
    );
    match(message, /and 1\.0 GB is the limit\. Remove it, or leave longer names out\.$/);
    deepStrictEqual(remedy, { maxLength: 16 });
  });

  it('is refused for a few long lines, and tells the longest', () => {
    const lengths = [...Array<number>(500).fill(20), 900, 1000, 950];
    const { message, remedy } = refusalOf(factsOf('makemore-mlp', { blockSize: 1001, names: 503 }), lengths);
    match(message, /^3 names have more than \d+ characters \(line 502 has 1,000\), the others 20 at most: /);
    deepStrictEqual(remedy, { maxLength: 32 });
  });

  it('is refused for its batch, with one that fits', () => {
    for (const { facts, lengths } of [
      { facts: factsOf('makemore-transformer', {}, { batchSize: 8192 }), lengths: [6] },
      { facts: factsOf('makemore-transformer', {}, { nLayer: 8, nEmbd: 256, batchSize: 2048 }), lengths: [6] },
      // all names are long, so that none is to blame
      { facts: factsOf('makemore-mlp', { blockSize: 421, names: 40 }), lengths: Array<number>(40).fill(420) },
    ]) {
      const { message, remedy } = refusalOf(facts, lengths);
      match(
        message,
        /^A batch of [\d,]+ examples needs [\d.]+ GB of memory, and 1\.0 GB is the limit\. The largest batch/,
      );
      const { batchSize = 0 } = remedy.hyperparameters ?? {};
      ok(batchSize >= 1);
      const bytesOf = (rows: number): number => estimateBytes({ ...facts, rows });
      ok(bytesOf(batchSize) <= defaultMemoryLimit && bytesOf(2 * batchSize) > defaultMemoryLimit);
    }
  });

  it('is refused for its layers, if no batch fits', () => {
    const facts = factsOf('makemore-transformer', { blockSize: 1400 }, { batchSize: 1, nLayer: 8 });
    const { message, remedy } = refusalOf(facts);
    match(message, /^A net of 8 layers needs [\d.]+ GB .* The largest number of layers that fits is about \d+\.$/);
    ok((remedy.hyperparameters?.nLayer ?? 8) < 8);
  });

  it('is refused for its characters, if it only counts', () => {
    const { message } = refusalOf(factsOf('trigram-counts', { vocabSize: 5_000, blockSize: 2 }));
    match(message, /^A table for 5,000 characters needs [\d.]+ GB .* Use a file with fewer different characters\.$/);
  });

  it('is refused for the number of its names, with how many fit', () => {
    const facts = factsOf('mlp-part2', { blockSize: 3, names: 7_000_000, characters: 49_000_000, distinct: 6_000_000 });
    const { message } = refusalOf(facts);
    match(
      message,
      /^7,000,000 names need [\d.]+ GB of memory, and 1\.0 GB is the limit\. Use a part of the file: about /,
    );
    const most = Number(/about ([\d,]+) names fit\.$/.exec(message)?.[1]?.replaceAll(',', ''));
    ok(most > 1_000_000 && most < 4_000_000, message);
  });

  it('is refused for its names before they are split, if they alone are too many', () => {
    throws(
      () => checkNames(7_000_000, 7_000_000, defaultMemoryLimit),
      /7,000,000 names need \d\.\d GB of memory, .* Use a part of the file: about [\d,]+ names fit\./,
    );
    checkNames(7_000_000, 30_000, defaultMemoryLimit);
    checkNames(1_000_000, 1_000_000, defaultMemoryLimit);
  });

  it('is refused for the length of its names, if all are long', () => {
    const { message } = refusalOf(
      factsOf('makemore-transformer', { blockSize: 2001, names: 300, distinct: 300 }),
      [2000, 2000],
    );
    match(message, /^Names of 2,000 characters need [\d.]+ GB .* Use shorter ones: up to about \d+ characters fit\.$/);
  });

  it('is refused before anything of its size is made', () => {
    const before = process.resourceUsage().maxRSS;
    refusalOf(factsOf('makemore-transformer', { vocabSize: 3000 }, { batchSize: 8192 }));
    ok(process.resourceUsage().maxRSS - before < 300_000, 'it would need 100 GB');
  });

  it('may take more where a person allows it', () => {
    const facts = factsOf('makemore-transformer', {}, { batchSize: 1024 });
    throws(() => checkMemory(facts, new Map(), defaultMemoryLimit), MemoryRefusal);
    checkMemory(facts, new Map(), 4 * defaultMemoryLimit);
  });
});

describe('the estimate', () => {
  it('counts names that repeat as a place each, and their text once', () => {
    const million = { blockSize: 3, names: 1_000_000, characters: 7_000_000 };
    const [repeated, different] = [30_000, 1_000_000].map(distinct =>
      estimateBytes(factsOf('mlp-part2', { ...million, distinct })),
    );
    ok(repeated! < 180e6 && different! > 500e6, `${repeated} ${different}`);
  });

  it('counts sequences as names times context', () => {
    // 12,000 sequences of 150 to 380 letters: about 5 MB of data
    const facts = factsOf('makemore-bigram', { blockSize: 381, names: 12_000, characters: 3_200_000, vocabSize: 21 });
    ok(estimateBytes(facts) < 200e6);
    // 1,100 lines of 1,000 letters
    ok(estimateBytes(factsOf('makemore-bigram', { blockSize: 1001, names: 1100, characters: 1_100_000 })) < 200e6);
  });

  it('of long names follows from shorter ones', () => {
    for (const id of ['makemore-mlp', 'makemore-rnn', 'makemore-transformer']) {
      const [short, long] = [64, 65].map(blockSize => estimateBytes(factsOf(id, { blockSize })));
      strictEqual(Math.round((10 * (long ?? 0)) / (short ?? 1)), 10, id);
    }
  });

  it('knows engines that run op by op', () => {
    const bytes = estimateBytes(factsOf('makemore-transformer', { engine: 'tfjs-wasm' }, { batchSize: 256 }));
    ok(bytes > 700e6 && bytes < 1100e6, `${bytes}`);
  });
});

describe('one name that makes every step dearer', () => {
  const noteOn = (id: string, lengths: readonly number[]): LongName | undefined => {
    const text = lengths.map(length => 'x'.repeat(length)).join('\n');
    const blockSize = Math.max(...lengths) + 1;
    return longNameOf(factsOf(id, { blockSize }), readNames(text, 'names.txt').lengths);
  };

  it('is told with its line, its length, and what it costs at least', () => {
    const { sentence, maxLength } = noteOn('makemore-transformer', [5, 11, 60, 7]) ?? { sentence: '' };
    match(
      sentence,
      /^Line 3 has 60 characters, the next longest name 11: every step takes at least \d+ times as long as /,
    );
    strictEqual(maxLength, 11);
  });

  it('is no name among others like it, nor one that a context of fixed length cuts', () => {
    strictEqual(noteOn('makemore-transformer', [5, 11, 60, 60]), undefined);
    strictEqual(noteOn('makemore-transformer', [5, 11, 14]), undefined);
    strictEqual(noteOn('mlp-part2', [5, 11, 60]), undefined);
  });
});
