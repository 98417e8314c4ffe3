import fc from 'fast-check';
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { mock } from 'node:test';
import { warn } from '../../../src/cli/print';
import { createReport, type Report } from '../../../src/cli/terminal-report';
import { firstPreset, presetById } from '../../../src/shared/presets';
import { plainReading } from '../../../src/shared/reading';
import type { RunInfo } from '../../../src/shared/run';
import { assertVisible, hostileText } from '../../markup';

function printed(stream: NodeJS.WriteStream, work: () => void): string {
  const write = mock.method(stream, 'write', () => true);
  try {
    work();
    return write.mock.calls.map(call => String(call.arguments.at(0))).join('');
  } finally {
    write.mock.restore();
  }
}

const info: RunInfo = {
  engine: 'compiled',
  parameters: [],
  parameterCount: 1,
  vocabSize: 2,
  characters: ['.', 'a'],
  boundary: '.',
  reading: plainReading,
  blockSize: 1,
  names: 1,
  examples: { train: 1, dev: null, test: null },
  maxSteps: 1,
  purpose: 'train',
  batchNorms: 0,
  sampler: 'exponential',
  notes: [],
};

function tell(report: Report, text: string): void {
  report.started({ ...presetById(firstPreset), title: text }, { ...info, notes: [text] });
  report.sampled([
    { text, origin: 'new' },
    { text, origin: 'train' },
  ]);
}

describe('what the command line prints', () => {
  it('holds nothing that a terminal would obey, whatever stands in a file, a checkpoint or a name', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const lines = printed(process.stdout, () => tell(createReport(false), text)).split('\n');
        strictEqual(lines.length, 7);
        lines.forEach(assertVisible);
        printed(process.stderr, () => warn(text))
          .split('\n')
          .forEach(assertVisible);
      }),
    );
  });

  it('says on a terminal what goes on before anything is known, and clears that away', () => {
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    try {
      const report = createReport(false);
      const [before, after] = [
        printed(process.stderr, () => report.preparing()),
        printed(process.stderr, () => warn('no')),
      ];
      strictEqual(before, '\r\u001b[KReading the names and compiling the model…');
      strictEqual(after, '\r\u001b[Kno\n');
      strictEqual(
        printed(process.stderr, () => createReport(true).preparing()),
        '',
      );
    } finally {
      process.stderr.isTTY = isTTY;
    }
  });

  it('is the same text for machines, written without anything that a terminal would obey', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const lines = printed(process.stdout, () => tell(createReport(true), text))
          .trimEnd()
          .split('\n');
        lines.forEach(assertVisible);
        const [started, sampled] = lines.map(
          line => JSON.parse(line) as { notes: string[]; words: { text: string }[] },
        );
        deepStrictEqual(started?.notes, [text]);
        strictEqual(sampled?.words.at(0)?.text, text);
      }),
    );
  });
});
