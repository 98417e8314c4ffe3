import { deepStrictEqual, match } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandContext } from '../../../src/host/commands/command-context';
import { showTakeovers } from '../../../src/host/commands/takeovers';
import type { Session } from '../../../src/host/session/session';
import { showStatus } from '../../../src/host/status';
import { presetById } from '../../../src/shared/presets';
import type { RunEvent } from '../../../src/shared/protocol';
import { idle, type RunState } from '../../../src/shared/run-state';
import { answering, until } from './support';

const source = { name: 'names.txt', uri: 'file:///home/a/names.txt' };
const run: RunState = { ...idle, id: 'a', source, preset: presetById('mlp-part2'), purpose: 'train', step: 3 };

/** As much of a session as those who tell of it need. */
function sessionWith(state: RunState): Session & { readonly fire: (event: RunEvent) => void } {
  const events = new vscode.EventEmitter<RunEvent>();
  const session = { state, onEvent: events.event, fire: (event: RunEvent) => events.fire(event) };
  return session as unknown as ReturnType<typeof sessionWith>;
}

describe('what happens to a run', () => {
  const log = vscode.window.createOutputChannel('Notices', { log: true });
  after(() => log.dispose());

  it('is told by a notification only where the inspector does not tell it', async () => {
    const told: string[] = [];
    const note = (message: string): void => void told.push(message);
    await answering('showErrorMessage', note, async () => {
      for (const [keepProblem, isVisible, looked] of [
        ['hidden', false, undefined],
        ['visible', true, undefined],
        ['looks at another', true, run],
      ] as const) {
        const session = sessionWith({ ...run, keepProblem });
        const inspector = { isVisible, looked } as CommandContext['inspector'];
        const telling = showTakeovers({ session, inspector }, log);
        session.fire({ type: 'takenOver', step: 3 });
        await new Promise(resolve => setTimeout(resolve));
        telling.dispose();
      }
    });
    deepStrictEqual(told, ['hidden', 'looks at another']);
  });

  it('is told in the status bar: that it starts, that it is evaluated, and how it ended, with the path of its file', async () => {
    const { createStatusBarItem } = vscode.window;
    const item = { text: '', tooltip: '', show: () => undefined, hide: () => undefined, dispose: () => undefined };
    const textOf = async (state: RunState, expected: RegExp): Promise<void> => {
      Object.assign(vscode.window, { createStatusBarItem: () => item });
      const status = showStatus(sessionWith(state));
      Object.assign(vscode.window, { createStatusBarItem });
      await until('it is told', () => expected.test(item.text));
      match(item.tooltip, /\/home\/a\/names\.txt/);
      status.dispose();
    };
    await textOf({ ...run, status: 'starting' }, /starting…$/);
    await textOf({ ...run, status: 'stopped' }, /evaluating…$/);
    await textOf({ ...run, status: 'stopped', evaluations: [{ step: 3, train: 2, dev: 2.5 }] }, /dev 2\.5000$/);
  });
});
