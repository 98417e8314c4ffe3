import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { isHyperparameters } from '../../../src/shared/hyperparameters';
import { presetById } from '../../../src/shared/presets';
import { boundaryProblem, splitProblem } from '../../../src/shared/run';
import { decodeRecord, encodeRecord } from '../../../src/store/run-record';
import { DamagedFileError } from '../../../src/store/safetensors';
import { record } from './examples';
import { changedRecord, changes, readOrRefuse } from './hostile';

describe('the record of a run', () => {
  it('comes back from its file as it was', () => {
    deepStrictEqual(decodeRecord(encodeRecord(record)), record);
  });

  it('can be read as version 0.1.0 has written it, with regularization in British spelling', () => {
    const checksum = 'c6841c835b16f8c86aba6dfc1fe99e880f04f2234d62def0384a47dc06ad0f52';
    const hyperparameters = `{
      "learningRate": 50,
      "batchSize": 0,
      "maxSteps": 100,
      "seed": 2147483647,
      "regularisation": 0.01
    }`;
    const preset = presetById('bigram-net');
    deepStrictEqual(decodeRecord(recordOfVersion010(checksum, preset.id, hyperparameters)), { ...record, preset });
  });

  it('can be read as version 0.1.0 has written it, with normalization over time in British spelling', () => {
    const checksum = '5d4ff15a272f7bf256858fd68c5279ca3fdad36bbe21d8fa1e1a047f6e1fa594';
    const hyperparameters = `{
      "blockSize": 8,
      "groupSize": 2,
      "normaliseTime": 1,
      "lastScale": 0.1,
      "nEmbd": 24,
      "nHidden": 128,
      "batchSize": 32,
      "learningRate": 0.1,
      "decayFrom": 150000,
      "maxSteps": 200000,
      "seed": 42
    }`;
    const preset = presetById('wavenet-part5');
    deepStrictEqual(decodeRecord(recordOfVersion010(checksum, preset.id, hyperparameters)), { ...record, preset });
  });

  it('is refused if it began at a moment that no date has, or a text in it has control characters', () => {
    const forged: ((text: string) => string)[] = [
      ...['1e999', '-1', '0.5', '8640000000000001', '1e300'].map(
        created => (text: string) => text.replace('"created": 1', `"created": ${created}`),
      ),
      text => text.replace('"id": "a"', '"id": "a\\u001b[2J"'),
      text => text.replace('file:///names.txt', 'file:///\\u0007'),
    ];
    for (const forge of forged) {
      const text = forge(encodeRecord(record));
      const unsigned = text.replace(/[0-9a-f]{64}/, '0'.repeat(64));
      const signed = unsigned.replace('0'.repeat(64), createHash('sha256').update(unsigned).digest('hex'));
      throws(() => decodeRecord(signed), DamagedFileError, text);
    }
  });

  it('is of a file whose name may hold any character, and gives it without those that a terminal would obey', () => {
    const source = { ...record.source, name: 'na\u001bmes\n.txt' };
    deepStrictEqual(decodeRecord(encodeRecord({ ...record, source })).source.name, 'na\ufffdmes\ufffd.txt');
  });

  it('is refused as damaged if it is any other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        strictEqual(
          readOrRefuse(() => decodeRecord(text)),
          undefined,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('is usable or refused, whatever it says under a right checksum', () => {
    const runs = { numRuns: 2000 };
    let usable = 0;
    fc.assert(
      fc.property(changes, inRecord => {
        const read = readOrRefuse(() => decodeRecord(changedRecord(encodeRecord(record), inRecord)));
        if (!read) return;
        usable++;
        strictEqual(boundaryProblem(read.options.boundary), undefined);
        strictEqual(splitProblem(read.options.split), undefined);
        ok(isHyperparameters(read.preset.hyperparameters));
        for (const text of [read.id, read.names, read.source.name, read.source.uri]) ok(text.length > 0);
        deepStrictEqual(decodeRecord(encodeRecord(read)), read);
      }),
      runs,
    );
    console.log(`      ${runs.numRuns} changed records, ${usable} of them usable`);
    ok(usable > 0 && usable < runs.numRuns);
  });
});

/** The file that version 0.1.0 made of `record`, but for its preset. */
function recordOfVersion010(checksum: string, preset: string, hyperparameters: string): string {
  return `{
  "format": 1,
  "checksum": "${checksum}",
  "id": "a",
  "source": {
    "name": "names.txt",
    "uri": "file:///names.txt"
  },
  "options": {
    "engine": "compiled",
    "boundary": ".",
    "purpose": "train",
    "split": {
      "train": 80,
      "dev": 10,
      "test": 10,
      "seed": 42
    },
    "sampler": "exponential"
  },
  "names": "hash",
  "created": 1,
  "preset": {
    "id": "${preset}",
    "hyperparameters": ${hyperparameters}
  }
}
`;
}
