import { ok, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { lastLoss } from '../../../src/shared/comparison';
import { closeAll, makemore, names, openText, train, until, untilState } from './support';

describe('sampling', () => {
  afterEach(closeAll);

  it('draws 20 names by command, other names the next time, and says which of them are in the data', async () => {
    await openText(names);
    await train('bigram-counts', { awaitLoss: false });
    await untilState('the counts stand', state => state.status === 'finished');
    await vscode.commands.executeCommand('makemore.sample');
    const first = (await untilState('names are drawn', state => state.samples !== undefined)).samples;
    strictEqual(first?.words.length, 20);
    for (const { text, origin } of first.words)
      strictEqual(origin, names.trim().split('\n').includes(text) ? 'train' : 'new');
    await vscode.commands.executeCommand('makemore.sample');
    await untilState('other names are drawn', state => state.samples?.request.seed === first.request.seed + 1);
  });

  it('draws names that contain a bigram, and says how many names it drew for that', async () => {
    await openText(names);
    await train('bigram-counts', { awaitLoss: false });
    await untilState('the counts stand', state => state.status === 'finished');
    await vscode.commands.executeCommand('makemore.sampleBigram', {
      webviewSection: 'bigram',
      first: 'm',
      second: 'm',
    });
    const { samples } = await untilState('names are drawn', state => state.samples?.request.bigram !== undefined);
    ok(samples && samples.words.length > 0 && samples.words.every(word => word.text.includes('mm')));
    ok(samples.drawn > samples.words.length);
  });

  it('copies names and opens them as a document', async () => {
    await openText(names);
    await train('bigram-counts', { awaitLoss: false });
    await untilState('the counts stand', state => state.status === 'finished');
    await vscode.commands.executeCommand('makemore.sample');
    const { samples } = await untilState('names are drawn', state => state.samples !== undefined);
    const text = `${samples?.words.map(word => word.text).join('\n')}\n`;
    await vscode.commands.executeCommand('makemore.copySamples');
    await until('they are in the clipboard', async () => (await vscode.env.clipboard.readText()) === text);
    await vscode.commands.executeCommand('makemore.openSamples');
    strictEqual(vscode.window.activeTextEditor?.document.getText(), text);
  });

  it('evaluates the counts again with another smoothing', async () => {
    await openText(names);
    await train('bigram-counts', { awaitLoss: false });
    const loss = lastLoss(await untilState('it is evaluated', state => state.evaluations.length > 0), 'train');
    const { session } = await makemore();
    session.send({ type: 'smooth', smoothing: 1000 });
    const { info, evaluations } = await untilState(
      'the loss changes',
      state => state.evaluations.length > 0 && lastLoss(state, 'train') !== loss,
    );
    const smoothed = lastLoss({ evaluations }, 'train');
    ok(loss !== undefined && smoothed !== undefined && smoothed > loss);
    ok(info && Math.abs(smoothed - Math.log(info.vocabSize)) < 0.01, 'nearly uniform');
    strictEqual(evaluations.length, 1);
  });
});
