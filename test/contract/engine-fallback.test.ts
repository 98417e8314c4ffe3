import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../src/shared/at';
import { presetById } from '../../src/shared/presets';
import { createRun } from '../../src/worker/create-run';
import { lossesOf, names, smallPreset } from './small';

const start = () => createRun(names.join('\n'), 'names.txt', smallPreset(presetById('mlp-part2')), 'compiled');

describe('where the compiled engine cannot run', () => {
  it('a note names the kernel that is missing, and tfjs-wasm runs the same steps', async () => {
    const compiled = await start();
    deepStrictEqual([compiled.info.engine, compiled.info.notes], ['compiled', []]);
    const kernel = tf.getKernel('Tanh', 'recording');
    tf.unregisterKernel('Tanh', 'recording');
    try {
      const { info, trainer } = await start();
      strictEqual(info.engine, 'tfjs-wasm');
      match(at(info.notes, 0), /no kernel Tanh\. So tfjs-wasm runs instead/);
      const expected = lossesOf(compiled.trainer, 3);
      lossesOf(trainer, 3).forEach((loss, i) => strictEqual(loss.toFixed(4), at(expected, i).toFixed(4)));
    } finally {
      tf.registerKernel(kernel);
    }
  });

  it('a machine without vector instructions gets tfjs-wasm, and a note says so', async () => {
    const { validate } = WebAssembly;
    WebAssembly.validate = () => false;
    try {
      const { info } = await start();
      strictEqual(info.engine, 'tfjs-wasm');
      match(at(info.notes, 0), /without SIMD\. So tfjs-wasm runs/);
    } finally {
      WebAssembly.validate = validate;
    }
  });
});

it('memory is constant over 100,000 steps of the compiled engine', async function () {
  this.timeout(60_000);
  const { trainer } = await start();
  const used = (): { arrayBuffers: number; heap: number; tensors: number } => {
    const { arrayBuffers, heapUsed: heap } = process.memoryUsage();
    return { arrayBuffers, heap, tensors: tf.memory().numTensors };
  };
  lossesOf(trainer, 1_000);
  const before = used();
  for (let i = 0; i < 100_000; i++) trainer.trainStep();
  const after = used();
  strictEqual(after.tensors, before.tensors);
  ok(after.arrayBuffers < before.arrayBuffers + 1e6, 'one array more at every step would be 100 MB');
  ok(after.heap < before.heap + 30e6);
});
