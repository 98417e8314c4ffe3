import { deepStrictEqual, fail, match, ok, strictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { rowOf, type RunRow } from '../../../src/host/runs/row';
import { RunLock } from '../../../src/store/run-lock';
import { manifest } from './manifest';
import {
  answering,
  closeAll,
  errorShownBy,
  found,
  idOf,
  makemore,
  names,
  openText,
  train,
  until,
  untilState,
} from './support';

describe('the commands of the list of runs', () => {
  afterEach(async () => {
    const { session, storage } = await makemore();
    await closeAll();
    if (session.state.id !== undefined) await session.close(session.state.id);
    for (const { id, owner } of storage.list()) if (owner === 'nobody') storage.moveToTrash(id);
  });

  /** Trains a run. @returns its row, once it is stored */
  async function trained(): Promise<RunRow> {
    await openText(names);
    await train('mlp-part2');
    const { session } = await makemore();
    await until('it is kept', () => (session.state.keptStep ?? 0) > 0);
    return row(idOf(session));
  }

  async function row(id: string): Promise<RunRow> {
    const { storage, session } = await makemore();
    const entry = await found('the run is listed', () => storage.list().find(other => other.id === id));
    return rowOf(entry, session.state);
  }

  const stepOf = ({ run }: RunRow): number => run?.step ?? Infinity;
  const titleAndPin = ({ title, pinned }: RunRow): unknown[] => [title, pinned];

  const execute = (command: string, ...args: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`makemore.${command}`, ...args);

  const press = async (...commands: string[]): Promise<void> => {
    for (const command of ['makemore.runs.focus', ...commands]) await vscode.commands.executeCommand(command);
  };

  /** Clicks a row until the run is looked at: the rows come some time after the view is there. */
  async function untilLookedAt(id: string, ...toTheRow: string[]): Promise<void> {
    const { inspector } = await makemore();
    await until('it is looked at', async () => {
      if (!inspector.looked) await press(...toTheRow, 'list.select'); // which does what a click does
      return inspector.looked?.id === id;
    });
  }

  it('show what is kept of a clicked run while another one trains on, and go back to that one', async () => {
    const { session, inspector } = await makemore();
    const { id } = await trained();
    await session.close(id);
    const kept = await row(id); // as it is on the disk, which may be some steps behind what was trained
    const training = await trained();
    await answering(
      'showInformationMessage',
      asked => fail(asked),
      async () => {
        await untilLookedAt(kept.id, 'list.focusFirst', 'list.focusDown');
        const { looked } = inspector;
        deepStrictEqual(
          [looked?.step, looked?.losses.length, looked?.status],
          [stepOf(kept), stepOf(kept), 'interrupted'],
        );
        strictEqual(looked?.lookedAt?.hasCurrent, true);
        const { step } = session.state;
        await untilState('the other one trains on', state => state.id === training.id && state.step > step);
        await execute('showInspector');
        strictEqual(inspector.looked, undefined);
      },
    );
  });

  it('open the focused run when Enter calls them', async () => {
    const { session, inspector } = await makemore();
    const kept = await trained();
    await session.close(kept.id);
    await untilLookedAt(kept.id, 'list.focusFirst');
    strictEqual(session.state.status, 'idle');
    await execute('openRun', 'focused');
    await untilState('it is open', state => state.id === kept.id && state.status === 'paused');
    strictEqual(inspector.looked, undefined);
    const { keybindings } = manifest().contributes;
    const { key, args } = keybindings.find(({ command }) => command === 'makemore.openRun') ?? {};
    deepStrictEqual([key, args], ['enter', 'focused']);
  });

  it('pin, rename and unpin a run', async () => {
    const run = await trained();
    await execute('pinRun', run.id);
    await answering('showInputBox', ' wider ', () => execute('renameRun', run.id));
    strictEqual((await row(run.id)).title, 'wider');
    await execute('pinRun', run.id);
    deepStrictEqual(titleAndPin(await row(run.id)), ['wider', true]);
    await execute('unpinRun', run.id);
    await answering('showInputBox', '', () => execute('renameRun', run.id));
    deepStrictEqual(titleAndPin(await row(run.id)), [undefined, false]);
  });

  it('ask before a run that trains is deleted, by its name, and bring it back by Undo', async () => {
    const run = await trained();
    const { session, storage } = await makemore();
    let question = '';
    const answer =
      (choice?: string) =>
      (asked: string): string | undefined => {
        question = asked;
        return choice;
      };
    await answering('showWarningMessage', answer(), () => execute('deleteRuns', run.id));
    match(question, /^"MLP on .*" is training \(step [\d,]+\)\. Stop it and delete it\?$/);
    strictEqual(session.state.status, 'running');
    await answering('showWarningMessage', answer('Stop and Delete'), () =>
      answering('showInformationMessage', 'Undo', () => execute('deleteRuns', run.id)),
    );
    strictEqual(session.state.status, 'idle');
    await until('it is back', () => storage.list().some(({ id }) => id === run.id));
    strictEqual((await row(run.id)).status, 'interrupted');
    await execute('resumeRun', run.id);
    await until('it goes on', () => session.state.status === 'running' && session.state.step > stepOf(run));
  });

  it('mean the focused row when a key calls them, not the one that was clicked', async () => {
    const { session, storage } = await makemore();
    const other = await trained();
    await session.close(other.id);
    const clicked = await trained();
    await session.close(clicked.id);
    await untilLookedAt(clicked.id, 'list.focusFirst');
    await press('list.focusDown');
    await execute('deleteRuns', 'focused');
    deepStrictEqual(
      storage.list().map(({ id }) => id),
      [clicked.id],
    );
  });

  it('delete all runs except pinned ones after a question', async () => {
    const kept = await trained();
    await execute('pinRun', kept.id);
    const { session, storage } = await makemore();
    await session.close(kept.id);
    await trained();
    await answering('showWarningMessage', undefined, () => execute('deleteAllRuns'));
    strictEqual(storage.list().length, 2);
    await answering('showWarningMessage', 'Delete All', () => execute('deleteAllRuns'));
    deepStrictEqual(
      storage.list().map(({ id }) => id),
      [kept.id],
    );
  });

  it('open a run without training it, and sample it', async () => {
    const run = await trained();
    const { session } = await makemore();
    await session.close(run.id);
    await execute('sampleRun', run.id);
    await until('names are drawn', () => session.state.samples !== undefined);
    strictEqual(session.state.status, 'paused');
  });

  it('sample no other run when the one that is to be sampled is stopped while it starts', async () => {
    const run = await trained();
    const { session } = await makemore();
    await session.close(run.id);
    await execute('sampleRun', run.id);
    strictEqual(session.state.status, 'starting');
    session.send({ type: 'stop' });
    strictEqual(session.state.status, 'idle');
    await trained();
    await untilState('it trains', ({ step }) => step > 100);
    deepStrictEqual([session.state.sampling, session.state.samples], [undefined, undefined]);
  });

  it('copy the path of a run, and reveal its folder only in a window on the same machine', async () => {
    const run = await trained();
    await execute('copyRunPath', run.id);
    strictEqual(await vscode.env.clipboard.readText(), run.folder);
    const menu = manifest().contributes.menus['view/item/context'];
    const when = menu?.find(({ command }) => command === 'makemore.revealRun')?.when;
    match(String(when), /&& !isWeb && !remoteName$/);
  });

  it('compare the runs that can be read, and say which one is left out', async () => {
    const { session } = await makemore();
    const whole = await trained();
    await session.close(whole.id);
    const broken = await trained();
    await session.close(broken.id);
    const file = join(broken.folder, 'checkpoint.safetensors');
    fs.writeFileSync(file, fs.readFileSync(file).subarray(0, -4));
    const said = await errorShownBy(async () => execute('compareRuns', whole.id, [broken.id, whole.id]));
    match(said, /^Left out of the comparison: "MLP on .*"\. .*checkpoint\.safetensors is damaged/);
    deepStrictEqual(
      session.state.compared.map(({ id }) => id),
      [whole.id],
    );
    session.compare([]);
    fs.rmSync(broken.folder, { recursive: true });
  });

  it('list, compare and train again a counting run with the smoothing that it has now', async () => {
    await openText(names);
    await train('bigram-counts', { awaitLoss: false });
    const { session } = await makemore();
    await untilState('it is finished', ({ status }) => status === 'finished');
    session.send({ type: 'smooth', smoothing: 7 });
    const id = idOf(session);
    const smoothingOf = ({ run }: RunRow): unknown => run?.record.preset.hyperparameters.smoothing;
    await until('it is kept', async () => smoothingOf(await row(id)) === 7);
    await untilState('the page knows it', ({ preset }) => preset?.hyperparameters.smoothing === 7);
    await execute('compareRuns', id);
    strictEqual(session.state.compared.at(0)?.preset.hyperparameters.smoothing, 7);
    session.compare([]);
    await execute('trainRunAgain', id);
    await untilState('another one is finished', state => state.id !== id && state.status === 'finished');
    strictEqual(session.state.preset?.hyperparameters.smoothing, 7);
  });

  it('replace a run that is only looked at without a question, and leave its status as it was', async () => {
    const { session } = await makemore();
    const ids: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { id } = await trained();
      await session.close(id);
      ids.push(id);
    }
    let asked = 0;
    await answering(
      'showInformationMessage',
      () => {
        asked++;
      },
      async () => {
        for (const id of ids) {
          await execute('openRun', id);
          await untilState('it is open', state => state.id === id && state.status === 'paused');
        }
      },
    );
    strictEqual(asked, 0);
    // the thread of the first one may still be about to leave
    for (const id of ids) await until('it is as it was', async () => (await row(id)).status === 'interrupted');
  });

  it('delete what can be deleted, and say why the rest cannot', async () => {
    const { session, storage } = await makemore();
    const mine = await trained();
    await session.close(mine.id);
    const held = await trained();
    await session.close(held.id);
    const lock = new RunLock(fs, held.folder);
    ok(lock.acquire());
    const refusal = await errorShownBy(async () => execute('deleteRuns', mine.id, [mine.id, held.id]));
    match(refusal, /^".*" was not deleted: .*stop it in its window/);
    deepStrictEqual(
      storage.list().map(({ id }) => id),
      [held.id],
    );
    lock.release();
  });

  it('offer to queue a run while another one trains, and start it when that one has ended', async () => {
    const run = await trained();
    const { session } = await makemore();
    let question = '';
    const answer = (said: string): string => {
      question = said;
      return 'Add to the Queue';
    };
    await answering('showInformationMessage', answer, () => train('bigram-net', { awaitLoss: false }));
    match(question, /^MLP is training on .* \(step [\d,]+\)\. Stop it and start a new run\?$/);
    deepStrictEqual([session.state.id, session.state.status], [run.id, 'running']);
    session.send({ type: 'stop' });
    await untilState('the other one starts', ({ preset }) => preset?.id === 'bigram-net');
    await untilState('it ends', ({ status }) => status === 'finished');
    strictEqual((await row(run.id)).status, 'stopped');
  });

  it('open a run while others wait, and offer to start the next of those', async () => {
    await openText(names);
    await train('mlp-five-words');
    await untilState('it is finished', ({ status }) => status === 'finished');
    const { session } = await makemore();
    const finished = idOf(session);
    await trained();
    await answering('showInformationMessage', 'Add to the Queue', () => train('bigram-net', { awaitLoss: false }));
    const said: string[] = [];
    let start = (): void => undefined;
    const answer = (message: string, ...offers: string[]): unknown => {
      said.push(message);
      const [first] = offers;
      return said.length === 1 ? first : new Promise(resolve => (start = () => resolve(first)));
    };
    await answering('showInformationMessage', answer, () => execute('openRun', finished));
    match(said.at(1) ?? '', /^One run waits in the queue while "MLP on five words on .*" is open\.$/);
    await untilState('it is there', ({ status }) => status === 'finished');
    session.sample({});
    await untilState('it can be sampled', ({ samples }) => samples !== undefined);
    strictEqual(session.state.id, finished);
    start();
    await untilState('the next one starts', ({ preset }) => preset?.id === 'bigram-net');
    await untilState('it ends', ({ status }) => status === 'finished');
  });

  it('export a run into a folder of its own', async () => {
    const run = await trained();
    const { session } = await makemore();
    await session.close(run.id);
    const parent = vscode.Uri.file(fs.mkdtempSync(join(tmpdir(), 'makemore-export-')));
    const said: string[] = [];
    await answering('showOpenDialog', [parent], () =>
      answering(
        'showInformationMessage',
        (message: string) => void said.push(message),
        () => execute('exportRun', run.id),
      ),
    );
    const folder = fs.readdirSync(parent.fsPath).join();
    match(said.join(), new RegExp(`^The run is exported to ${folder}\\. `));
    const read = (file: string): string => fs.readFileSync(join(parent.fsPath, folder, file), 'utf8');
    match(read('config.json'), /"mlp-part2"/);
    strictEqual(read('losses.csv').trim().split('\n').length - 1, stepOf(await row(run.id)));
    fs.rmSync(parent.fsPath, { recursive: true });
  });

  it('show runs side by side', async () => {
    const run = await trained();
    const { session } = await makemore();
    await execute('compareRuns', run.id, [run.id]);
    deepStrictEqual(
      session.state.compared.map(({ id, losses }) => [id, losses.length > 0]),
      [[run.id, true]],
    );
    session.compare([]);
  });
});
