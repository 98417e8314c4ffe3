import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { at } from '../../../src/shared/at';
import {
  answering,
  closeAll,
  errorShownBy,
  makemore,
  names,
  openText,
  tabs,
  train,
  until,
  untilState,
} from './support';
import { settings } from '../../../src/shared/settings';

describe('experiments', () => {
  afterEach(closeAll);

  it('find the learning rate of the current run without changing its hyperparameters', async () => {
    await openText(names);
    await train('mlp-five-words');
    await untilState('it has finished', state => state.status === 'finished');
    await vscode.commands.executeCommand('makemore.findLearningRate');
    const { preset, losses, info } = await untilState(
      'the range test has finished',
      state => state.purpose === 'rangeTest' && state.status === 'finished',
    );
    strictEqual(preset?.id, 'mlp-five-words');
    strictEqual(info?.purpose, 'rangeTest');
    strictEqual(losses.length, 1000);
    const { session } = await makemore();
    await vscode.commands.executeCommand('makemore.restart', { learningRate: 0.2 });
    await untilState('it trains', state => state.purpose === 'train' && state.step > 0);
    strictEqual(session.state.preset?.hyperparameters.learningRate, 0.2);
    strictEqual(session.state.preset.hyperparameters.maxSteps, preset.hyperparameters.maxSteps);
  });

  it('overfit one batch down to the least loss that its data allow', async () => {
    await openText(names);
    await train('mlp-five-words');
    await untilState('it has finished', state => state.status === 'finished');
    await vscode.commands.executeCommand('makemore.overfit');
    const { info, losses } = await untilState(
      'the batch is fitted',
      state => state.purpose === 'overfit' && state.status === 'finished',
    );
    ok(info?.floor !== undefined && info.floor > 0);
    const last = at(losses.values, losses.length - 1);
    ok(last >= info.floor - 1e-3 && last < info.floor + 0.5, `${last} over ${info.floor}`);
  });

  it('are refused for a model that has nothing to train', async () => {
    await openText(names);
    await train('bigram-counts', { awaitLoss: false });
    await untilState('the counts stand', state => state.status === 'finished');
    for (const command of ['findLearningRate', 'overfit']) {
      const refusal = await errorShownBy(async () => vscode.commands.executeCommand(`makemore.${command}`));
      match(refusal, /^Bigram counts has nothing to train, so .* train a net first/);
    }
    strictEqual((await makemore()).session.state.preset?.id, 'bigram-counts');
  });
});

describe('the settings', () => {
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('makemore').update(name, value, vscode.ConfigurationTarget.Global);
  afterEach(async () => {
    for (const name of Object.keys(settings)) await set(name, undefined);
    await closeAll();
  });

  it('choose the boundary of new runs', async () => {
    await set('boundary', '#');
    await openText('j.r.\nemma\nolivia\nava\n');
    await train('bigram-counts', { awaitLoss: false });
    const { info, counts } = await untilState('the counts stand', state => state.status === 'finished');
    strictEqual(info?.boundary, '#');
    strictEqual(info.names, 4);
    strictEqual(counts?.tokens[0], '#');
  });

  it('are refused in a sentence if the boundary is more than one character', async () => {
    await set('boundary', 'ab');
    await openText(names);
    const refusal = await errorShownBy(() => train('bigram-counts', { awaitLoss: false }));
    match(refusal, /The setting makemore\.boundary is "ab": it must be one visible character\./);
  });

  it('choose the split and the sampler of new runs', async () => {
    await set('split', '60/20/20');
    await set('sampler', 'cdf');
    await openText(names);
    await train('mlp-part2');
    const { session } = await makemore();
    const { data, info } = session.state;
    deepStrictEqual(data?.splits, { train: 7, dev: 2, test: 3 });
    strictEqual(info?.sampler, 'cdf');
    await vscode.commands.executeCommand('makemore.sample');
    const { samples } = await untilState('names are drawn', state => state.samples !== undefined);
    strictEqual(samples?.request.sampler, 'cdf');
  });

  it('are refused in a sentence if the split does not add up to 100 percent', async () => {
    await set('split', '80/10/5');
    await openText(names);
    const refusal = await errorShownBy(() => train('bigram-counts', { awaitLoss: false }));
    match(refusal, /The setting makemore\.split is "80\/10\/5": it must be three whole percentages/);
  });

  const wrong = {
    preset: 'nope',
    engine: 'gpu',
    split: '9/1',
    normalize: 'nfd',
    maxLength: -1,
    memoryLimit: 'lots',
    'rates.losses': 100,
    'runs.keep': 0.5,
  };
  for (const [name, value] of Object.entries(wrong))
    it(`are a click away from the message that refuses makemore.${name}`, async () => {
      await set(name, value);
      await openText(names);
      const offered: string[] = [];
      const answer = (message: string, ...offers: string[]): string | undefined => {
        match(message, new RegExp(`^The setting makemore\\.${name} is "${value}"`));
        offered.push(...offers);
        return offers[0];
      };
      await answering('showErrorMessage', answer, async () => {
        await train('bigram-counts', { awaitLoss: false });
        await until('the settings are open', () => tabs().some(({ label }) => label === 'Settings'));
      });
      deepStrictEqual(offered, ['Open Settings']);
    });
});
