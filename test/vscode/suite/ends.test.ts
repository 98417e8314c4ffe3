import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { tellEnds } from '../../../src/host/end-message';
import { showSignals } from '../../../src/host/runs/signals';
import type { Session } from '../../../src/host/session/session';
import { showStatus } from '../../../src/host/status';
import { presetById } from '../../../src/shared/presets';
import type { RunEvent } from '../../../src/shared/protocol';
import { reduce } from '../../../src/shared/reducer';
import { idle, type RunState } from '../../../src/shared/run-state';
import { answering, until } from './support';

const source = { name: 'names.txt', uri: 'untitled:names.txt' };
const preset = presetById('mlp-part2');
const starting: RunEvent = { type: 'starting', source, preset, purpose: 'train' };
const running: RunEvent = { type: 'status', status: 'running', step: 0 };
const finished: RunEvent = { type: 'status', status: 'finished', step: 10 };
const evaluated: RunEvent = { type: 'evaluated', evaluation: { step: 10, train: 2.2, dev: 2.3 } };
const whole = [starting, running, finished, evaluated];

/** A session to which everything happens that a test wants. */
class Played {
  state: RunState = idle;
  private readonly events = new vscode.EventEmitter<RunEvent>();
  readonly onEvent = this.events.event;

  play(...events: readonly RunEvent[]): void {
    for (const event of events) {
      this.state = reduce(this.state, event);
      this.events.fire(event);
    }
  }

  get session(): Session {
    return this as unknown as Session; // as much of it as is looked at
  }
}

describe('the end of a run', () => {
  const { now } = Date;
  afterEach(() => void (Date.now = now));

  /** What is said of a run that takes so long. */
  async function said(seconds: number, isVisible: boolean, waiting = 0, events = whole): Promise<string[]> {
    const messages: string[] = [];
    const played = new Played();
    const queue = { runs: Array.from<never>({ length: waiting }) };
    const telling = tellEnds(played.session, queue, { isVisible, show: () => undefined });
    await answering(
      'showInformationMessage',
      message => void messages.push(message),
      () => {
        played.play(...events.slice(0, 1));
        Date.now = () => now() + seconds * 1000;
        played.play(...events.slice(1));
      },
    );
    telling.dispose();
    return messages;
  }

  it('is told once, if it took long, nobody sees it, and no other run waits', async () => {
    deepStrictEqual(await said(31, false), ['MLP on names.txt has finished (dev 2.3000).']);
    deepStrictEqual(await said(29, false), []);
    deepStrictEqual(await said(31, true), []);
    deepStrictEqual(await said(31, false, 1), []);
  });

  it('is not told of a run that was stopped, or that was opened when it had ended', async () => {
    deepStrictEqual(await said(31, false, 0, [starting, running, { ...finished, status: 'stopped' }, evaluated]), []);
    deepStrictEqual(await said(31, false, 0, [{ ...starting, opened: true }, finished, evaluated]), []);
  });

  it('is a number on the view of runs until that is seen, with a bar while a run trains', async () => {
    const played = new Played();
    const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
    const view = { visible: false, badge: undefined, onDidChangeVisibility: visibility.event };
    const { withProgress } = vscode.window;
    const bars: Thenable<unknown>[] = [];
    const ended: Thenable<unknown>[] = [];
    Object.assign(vscode.window, {
      withProgress: (_: unknown, task: () => Thenable<unknown>) => {
        const bar = task();
        bars.push(bar);
        void bar.then(() => ended.push(bar));
        return bar;
      },
    });
    const signals = showSignals(view as unknown as vscode.TreeView<string>, played.session);
    try {
      played.play(starting, running);
      strictEqual(bars.length, 1);
      played.play(finished, evaluated);
      await until('the bar is gone', () => ended.length === 1);
      deepStrictEqual(view.badge, { value: 1, tooltip: 'One run has ended' });
      played.play(...whole);
      deepStrictEqual(view.badge, { value: 2, tooltip: '2 runs have ended' });
      visibility.fire({ visible: true });
      strictEqual(view.badge, undefined);
      await until('so is the other one', () => ended.length === 2);
    } finally {
      signals.dispose();
      Object.assign(vscode.window, { withProgress });
    }
  });

  it('stays in the status bar with the loss until another run begins', async () => {
    const { createStatusBarItem } = vscode.window;
    const item = { text: '', tooltip: '', show: () => undefined, hide: () => undefined, dispose: () => undefined };
    Object.assign(vscode.window, { createStatusBarItem: () => item });
    const played = new Played();
    const status = showStatus(played.session);
    try {
      played.play(...whole);
      await until('it is there', () => item.text === '$(check) dev 2.3000');
      strictEqual(item.tooltip, 'MLP on names.txt: finished. Click for the inspector.');
      played.play(starting, running);
      await until('the next one is there', () => item.text === '$(pulse) step 0');
    } finally {
      played.play({ type: 'hydrate', state: idle }); // the commands of the window are as they were
      status.dispose();
      Object.assign(vscode.window, { createStatusBarItem });
    }
  });
});
