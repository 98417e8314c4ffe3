// What a run takes, estimated before it began and measured when it ended.
import { spawnSync } from 'node:child_process';
import { inRepository } from '../vscode/harness/places.mjs';

/**
 * Trains a few steps, evaluates, and looks inside: a run that does all that a run can.
 * @param {string} file names
 * @param {string[]} flags
 * @returns {{ estimated: number, measured: number }} bytes
 */
export function measure(file, flags) {
  const program = ['--import', inRepository('test/memory/peak.mjs'), inRepository('dist/cli.js')];
  const what = ['--max-steps', '20', '--evaluate', '--diagnostics', '--json', '--memory-limit', '8GB'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, '-i', file, ...what, ...flags], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  if (status !== 0 || peak === undefined)
    throw new Error(`makemore ${flags.join(' ')} ended with ${status}: ${stderr}`);
  const { memory } = JSON.parse(stdout.slice(0, stdout.indexOf('\n')));
  return { estimated: memory, measured: Number(peak) * 1024 };
}
