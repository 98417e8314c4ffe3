import { writeFileSync } from 'node:fs';
import { encodeRecording, type Recording } from '../../webview/dev/recording';
import { bytesPerSecond } from './bytes-per-second';
import { Recorder, type Wishes } from './recorder';
import { recordedRuns, sampleNames, type RecordedRun } from './runs';
import { slowClock } from './slow-clock';

/** Looks at the clock for each step: of the loop, of what reports and of what gives way. */
const looksPerStep = 5;

/** What to say of a recording: its size in bytes, how long it took to make in milliseconds, and what came a second. */
export interface Made {
  readonly id: string;
  readonly events: number;
  readonly bytes: number;
  readonly milliseconds: number;
  /** Bytes, at full speed; undefined where nothing trained. */
  readonly bytesPerSecond: number | undefined;
}

export const ids = recordedRuns.map(({ id }) => id);

/** Records a run into `<folder>/<id>.json`. @throws Error for an id that is not in the table, or a run that fails unasked */
export async function makeRecording(id: string, folder: string, wishes: Wishes): Promise<Made> {
  const run = recordedRuns.find(run => run.id === id);
  if (!run) throw new Error(`There is no recording ${id}; there are ${ids.join(', ')}.`);
  const start = performance.now();
  const recording = await record(run, wishes);
  const milliseconds = performance.now() - start;
  const text = encodeRecording(recording);
  writeFileSync(`${folder}/${id}.json`, text);
  return {
    id,
    events: recording.events.length,
    bytes: text.length,
    milliseconds,
    bytesPerSecond: bytesPerSecond(recording),
  };
}

async function record(run: RecordedRun, wishes: Wishes): Promise<Recording> {
  const { title, preset, purpose = 'train', text, names, millisecondsPerStep } = run;
  const setRight = slowClock(millisecondsPerStep / looksPerStep);
  try {
    const recorder = new Recorder(wishes);
    recorder.begin(text ?? sampleNames(names), preset, purpose);
    await run.play(recorder);
    return recorder.finish(title);
  } finally {
    setRight();
  }
}
