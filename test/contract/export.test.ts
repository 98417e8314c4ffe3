import { deepStrictEqual, doesNotMatch, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../src/shared/at';
import { isCounting, presetById, presets, withHyperparameters, type Preset } from '../../src/shared/presets';
import { plainReading } from '../../src/shared/reading';
import { defaultSampleRequest, type SampledWord, type SampleRequest } from '../../src/shared/sampling';
import { exportedFiles } from '../../src/export/files';
import type { StoredRun } from '../../src/store/run-folder';
import { decodeSafetensors } from '../../src/store/safetensors';
import { createRun, type Run } from '../../src/worker/create-run';
import { drawNames } from '../../src/worker/draw-names';
import { finish, lossesOf, names, smallPreset } from './small';
import { defaultRunOptions } from '../../src/shared/run';

const plain = [...names, 'zoë', 'noë'].join('\n');
/** An accent that composes with one letter only, Hangul in parts, emoji, a capital that is two letters in lower case. */
const odd = 'Jose\u0301\nx\u0301e\n\u1106\u1175\u11ab\n👩\u200d👧\nİpek\nדניאל\n';
const steps = 40;

const small = (id: string, changes = {}): Preset => {
  const preset = presetById(id);
  return isCounting(preset) ? preset : smallPreset(preset, changes);
};

/** Every preset, and the deep MLP without what it can be without. */
const exported: Readonly<Record<string, Preset>> = {
  ...Object.fromEntries(presets.map(({ id }) => [id, small(id)])),
  'without batch normalization': small('deep-part3-batchnorm', { batchNorm: 0 }),
  'without tanh': small('deep-part3-batchnorm', { tanh: 0 }),
};

const requests: readonly SampleRequest[] = [
  { ...defaultSampleRequest, count: 10 },
  { ...defaultSampleRequest, count: 10, sampler: 'cdf' },
  { ...defaultSampleRequest, count: 10, sampler: 'exponential-mkl' },
  { ...defaultSampleRequest, count: 10, seed: 42, temperature: 0.7, prefix: 'oë' },
  { ...defaultSampleRequest, count: 10, seed: -1, topK: 3 },
  { ...defaultSampleRequest, count: 10, seed: 2 ** 40 + 7, sampler: 'cdf', topK: -1, temperature: 20 },
  { ...defaultSampleRequest, count: 2, temperature: 0, prefix: 'l' },
];

interface Trained {
  readonly run: Run;
  /** As it would be read from the disk. */
  readonly stored: StoredRun;
}

/** A run after some steps. */
async function trained(preset: Preset, options = defaultRunOptions, text = plain): Promise<Trained> {
  const run = await createRun(text, 'names.txt', preset, options.engine, options);
  const { trainer } = run;
  const losses = Float32Array.from(lossesOf(trainer, isCounting(preset) ? 0 : steps));
  const source = { name: 'names.txt', uri: 'file:///home/somebody/names.txt' };
  const record = { id: 'a', source, preset, options, names: '', created: 0 };
  const { step, flavor } = trainer;
  const model = trainer.save();
  const checkpoint = { id: 'a', step, status: 'paused', flavor, losses, evaluations: [], model } as const;
  return { run, stored: { record, text, checkpoint } };
}

const asPrinted = ({ text, cut }: SampledWord): string => (cut ? `${text}   (cut at 1,000 characters)` : text);

/** The flags are those of our own command line. */
const asArguments = ({ count, seed, sampler, temperature, topK, prefix }: SampleRequest): string[] =>
  Object.entries({
    'num-samples': count,
    'sample-seed': seed,
    sampler,
    temperature,
    'top-k': topK,
    prefix,
  }).flatMap(([flag, value]) => [`--${flag}`, `${value}`]);

/** What each command line prints, or why there is no telling. */
function runInPython(commandLines: readonly (readonly string[])[]): { torch: string; outputs: string[] } | string {
  for (const python of ['python3', '/usr/bin/python3', 'python']) {
    const input = JSON.stringify(commandLines);
    const { status, stdout, stderr } = spawnSync(python, ['test/contract/run_scripts.py'], { input, encoding: 'utf8' });
    if (status === 0) return JSON.parse(stdout) as { torch: string; outputs: string[] };
    if (status !== null && status !== 3) throw new Error(stderr);
  }
  return 'there is no Python with PyTorch here';
}

function fileOf(stored: StoredRun, name: string): Uint8Array {
  return exportedFiles(stored).find(file => file.name === name)!.bytes; // it is always there
}

const textOf = (stored: StoredRun, name: string): string => new TextDecoder().decode(fileOf(stored, name));

describe('an exported model', () => {
  let folder: string;
  const runs = new Map<string, Trained>();
  before(async function () {
    this.timeout(60_000);
    folder = fs.mkdtempSync(join(tmpdir(), 'makemore-export-'));
    for (const [title, preset] of Object.entries(exported)) runs.set(title, await trained(preset));
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
    for (const { run } of runs.values()) run.trainer.dispose();
  });

  const storedAs = (title: string): StoredRun => runs.get(title)!.stored; // one of `exported`

  /** Names and shapes, as `{name: tuple(t.shape)}` of a state_dict. */
  const shapesOf = (title: string): Record<string, string> => {
    const { tensors } = decodeSafetensors(fileOf(storedAs(title), 'model.safetensors'));
    return Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape.join(' × ')]));
  };

  it('gives the same names in plain PyTorch, from every preset and with every option', function () {
    this.timeout(120_000);
    const commandLines: string[][] = [];
    const expected: string[][] = [];
    for (const [title, { run, stored }] of runs) {
      fs.mkdirSync(join(folder, title));
      for (const { name, bytes } of exportedFiles(stored)) fs.writeFileSync(join(folder, title, name), bytes);
      for (const request of requests) {
        commandLines.push([join(folder, title, 'sample.py'), ...asArguments(request)]);
        expected.push(finish(drawNames(run, request)).words.map(asPrinted));
      }
    }
    const answer = runInPython(commandLines);
    if (typeof answer === 'string') {
      console.log(`        ${answer}`);
      this.skip();
    }
    const byCommandLine = (drawn: readonly string[][]): Record<string, string[]> =>
      Object.fromEntries(commandLines.map((line, i) => [line.join(' '), at(drawn, i)]));
    const drawn = answer.outputs.map(output => output.split('\n').slice(0, -1));
    deepStrictEqual(byCommandLine(drawn), byCommandLine(expected));
    console.log(`        ${drawn.length} times 10 names, PyTorch ${answer.torch}`);
  });

  it('gives the same names from characters of all kinds, as the run has read them', async function () {
    this.timeout(60_000);
    const readings = [{}, { normalize: 'none' }, { lower: true }] as const;
    const commandLines: string[][] = [];
    const expected: string[][] = [];
    for (const [i, reading] of readings.entries()) {
      const options = { ...defaultRunOptions, reading: { ...plainReading, ...reading } };
      const { run, stored } = await trained(small('mlp-part2'), options, odd);
      fs.mkdirSync(join(folder, `odd${i}`));
      for (const { name, bytes } of exportedFiles(stored)) fs.writeFileSync(join(folder, `odd${i}`, name), bytes);
      for (const prefix of ['', 'Jose\u0301', '\u1106\u1175\u11ab', '👩\u200d', 'İ']) {
        const request = { ...defaultSampleRequest, count: 50, prefix, temperature: 2 };
        commandLines.push([join(folder, `odd${i}`, 'sample.py'), ...asArguments(request)]);
        expected.push(finish(drawNames(run, request)).words.map(asPrinted));
      }
      run.trainer.dispose();
    }
    const answer = runInPython(commandLines);
    if (typeof answer === 'string') {
      console.log(`        ${answer}`);
      this.skip();
    }
    deepStrictEqual(
      answer.outputs.map(output => output.split('\n').slice(0, -1)),
      expected,
    );
  });

  it('refuses in PyTorch what the command line refuses, in a sentence too', async function () {
    this.timeout(60_000);
    const preset = withHyperparameters(presetById('trigram-counts'), { smoothing: 0 });
    const { run, stored } = await trained(preset, {
      ...defaultRunOptions,
      reading: { ...plainReading, normalize: 'none' },
    });
    fs.mkdirSync(join(folder, 'unsmoothed'));
    for (const { name, bytes } of exportedFiles(stored)) fs.writeFileSync(join(folder, 'unsmoothed', name), bytes);
    run.trainer.dispose();
    const refusals: [string[], RegExp][] = [
      [['--temperature', '-1'], /it must be from 0 to 100, but it is -1$/],
      [['--top-k', '1000001'], /it must be from -1 to 1,000,000, but it is 1000001$/],
      [['--num-samples', '1001'], /it must be from 0 to 1,000, but it is 1001$/],
      [['--sample-seed', '18446744073709551616'], /it must be from -9,223,372,036,854,775,808 to/],
      [['--temperature', 'hot'], /invalid float value: 'hot'$/],
      [['--prefix', 'a'.repeat(1100)], /the prefix must have fewer than 1,000 characters, but it has 1,100$/],
      [['--prefix', 'q'], /the model has never seen 'q' in a name$/],
      [['--prefix', 'noe\u0308'], /the model has never seen '\u0308' in a name$/],
      [['--prefix', 'mb'], /there is no probability of what follows 'mb': take another prefix$/],
    ];
    const answer = runInPython(refusals.map(([flags]) => [join(folder, 'unsmoothed', 'sample.py'), ...flags]));
    if (typeof answer === 'string') {
      console.log(`        ${answer}`);
      this.skip();
    }
    refusals.forEach(([, sentence], i) => match(at(answer.outputs, i).trimEnd(), sentence));
  });

  it('names its tensors and lays them out as the lectures do', () => {
    deepStrictEqual(shapesOf('trigram-counts'), { N: '15 × 15 × 15' });
    deepStrictEqual(shapesOf('trigram-net'), { W: '30 × 15' });
    deepStrictEqual(shapesOf('mlp-part3-batchnorm'), {
      C: '15 × 4',
      W1: '8 × 8',
      W2: '8 × 15',
      b2: '15',
      bngain: '1 × 8',
      bnbias: '1 × 8',
      bnmean_running: '1 × 8',
      bnstd_running: '1 × 8',
    });
    const batchNorm = (i: number, H: number, statistics = `1 × ${H}`) => ({
      [`layers.${i}.gamma`]: `${H}`,
      [`layers.${i}.beta`]: `${H}`,
      [`layers.${i}.running_mean`]: statistics,
      [`layers.${i}.running_var`]: statistics,
    });
    deepStrictEqual(shapesOf('deep-part3-batchnorm'), {
      C: '15 × 4',
      'layers.0.weight': '8 × 8',
      'layers.3.weight': '8 × 8',
      'layers.6.weight': '8 × 15',
      ...batchNorm(1, 8),
      ...batchNorm(4, 8),
      ...batchNorm(7, 15),
    });
    deepStrictEqual(shapesOf('wavenet-part5-bug'), {
      'layers.0.weight': '15 × 4',
      'layers.2.weight': '8 × 8',
      'layers.6.weight': '16 × 8',
      ...batchNorm(3, 8, '1 × 2 × 8'),
      ...batchNorm(7, 8),
      'layers.9.weight': '8 × 15',
      'layers.9.bias': '15',
    });
  });

  it("is a state_dict of makemore.py, masks included and the optimizer's moments left out", () => {
    const linear = (name: string, fanIn: number, fanOut: number) => ({
      [`${name}.weight`]: `${fanOut} × ${fanIn}`,
      [`${name}.bias`]: `${fanOut}`,
    });
    const block = (name: string) => ({
      [`${name}.ln_1.weight`]: '4',
      [`${name}.ln_1.bias`]: '4',
      [`${name}.attn.bias`]: '1 × 1 × 9 × 9',
      ...linear(`${name}.attn.c_attn`, 4, 12),
      ...linear(`${name}.attn.c_proj`, 4, 4),
      [`${name}.ln_2.weight`]: '4',
      [`${name}.ln_2.bias`]: '4',
      ...linear(`${name}.mlp.c_fc`, 4, 16),
      ...linear(`${name}.mlp.c_proj`, 16, 4),
    });
    deepStrictEqual(shapesOf('makemore-transformer'), {
      'transformer.wte.weight': '15 × 4',
      'transformer.wpe.weight': '9 × 4',
      ...block('transformer.h.0'),
      ...block('transformer.h.1'),
      'transformer.ln_f.weight': '4',
      'transformer.ln_f.bias': '4',
      'lm_head.weight': '15 × 4',
    });
    deepStrictEqual(shapesOf('makemore-bow'), {
      'wte.weight': '15 × 4',
      'wpe.weight': '9 × 4',
      'context_block.cbow.bias': '1 × 9 × 9',
      ...linear('context_block.mlp.c_fc', 4, 8),
      ...linear('context_block.mlp.c_proj', 8, 4),
      ...linear('lm_head', 4, 15),
    });
    deepStrictEqual(shapesOf('makemore-gru'), {
      start: '1 × 8',
      'wte.weight': '15 × 4',
      ...linear('cell.xh_to_z', 12, 8),
      ...linear('cell.xh_to_r', 12, 8),
      ...linear('cell.xh_to_hbar', 12, 8),
      ...linear('lm_head', 8, 15),
    });
    deepStrictEqual(shapesOf('makemore-mlp'), {
      'wte.weight': '16 × 4',
      ...linear('mlp.0', 36, 8),
      ...linear('mlp.2', 8, 15),
    });
    deepStrictEqual(shapesOf('makemore-bigram'), { logits: '15 × 15' });
  });

  it('has a mask that is 1 where a character may look', () => {
    const { tensors } = decodeSafetensors(fileOf(storedAs('makemore-bow'), 'model.safetensors'));
    const mask = tensors['context_block.cbow.bias']?.values ?? [];
    deepStrictEqual([...mask.slice(0, 9)], [1, 0, 0, 0, 0, 0, 0, 0, 0]);
    deepStrictEqual([...mask.slice(72)], [1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('has a config with everything except the path of the names file', () => {
    for (const [title, { run, stored }] of runs) {
      const config = textOf(stored, 'config.json');
      const { itos, block_size, vocab_size } = JSON.parse(config) as Record<string, unknown>;
      const { characters, blockSize, vocabSize } = run.info;
      const known = { itos: characters, block_size: blockSize, vocab_size: vocabSize };
      deepStrictEqual({ itos, block_size, vocab_size }, known, title);
      doesNotMatch(config, /somebody/);
    }
    const stored = storedAs('bigram-counts');
    const smoothed = { ...stored.checkpoint, model: { ...stored.checkpoint.model, smoothing: 0.25 } };
    const config: unknown = JSON.parse(textOf({ ...stored, checkpoint: smoothed }, 'config.json'));
    deepStrictEqual(config, {
      format: 1,
      preset: 'bigram-counts',
      model: 'bigram',
      hyperparameters: { smoothing: 0.25 },
      block_size: 1,
      vocab_size: 15,
      boundary: '.',
      reading: { layout: { kind: 'lines' }, normalize: 'nfc', lower: false, unique: false },
      itos: Array.from('.abehilmnopsvzë'),
      purpose: 'train',
      source: 'names.txt',
      created: '1970-01-01T00:00:00.000Z',
      engine: 'counting',
      step: 0,
      evaluations: [],
    });
  });

  it('comes with the Python code of its own model only', () => {
    const script = textOf(storedAs('makemore-gru'), 'sample.py');
    deepStrictEqual(
      Array.from(script.matchAll(/^class (\w+)/gm), ([, name]) => name),
      ['Cell', 'RNN'],
    );
  });
});
