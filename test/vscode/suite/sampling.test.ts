import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, makemore, names, openText, train, until, untilState } from './support';

describe('sampling', () => {
  afterEach(closeAll);

  it('draws names by command, other ones the second time, and tells where each stands', async () => {
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

  it('draws names with a bigram, and tells how many it kept and drew', async () => {
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

  it('counts anew with another smoothing', async () => {
    await openText(names);
    await train('bigram-counts', { awaitLoss: false });
    const { evaluations } = await untilState('the likelihood is told', state => state.evaluations.length > 0);
    const { session } = await makemore();
    session.send({ type: 'smooth', smoothing: 1000 });
    await untilState('the likelihood has changed', state => state.evaluations[0].train! > evaluations[0].train!);
    ok(Math.abs(session.state.evaluations[0].train! - Math.log(session.state.info!.vocabSize)) < 0.01, 'nearly even');
    deepStrictEqual(session.state.evaluations.length, 1);
  });
});
