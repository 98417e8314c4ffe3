/** Times single matrix products on the compiled engine: `node products.js`, then a product on each line. */
import * as tf from '@tensorflow/tfjs-core';
import { createEngine } from '../../src/engine/create-engine';
import type { Engine } from '../../src/engine/engine';
import { answerLines, repeatFor } from './lines';

/** As program-text.mjs reads it from a program. */
interface Product {
  readonly batch: number;
  readonly M: number;
  readonly K: number;
  readonly N: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Calls between two looks at the clock, which takes a noticeable time compared with the smallest products. */
const callsAtOnce = 16;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const { engine } = await createEngine('compiled');
  const programs = new Map<string, () => void>();
  await answerLines({ engine: engine.id }, question => {
    const { product, milliseconds } = question as { product: Product; milliseconds: number };
    const key = JSON.stringify(product);
    const run = programs.get(key) ?? compileProduct(engine, product);
    programs.set(key, run);
    const microseconds = repeatFor(milliseconds, () => {
      for (let i = 0; i < callsAtOnce; i++) run();
    });
    return { microseconds: microseconds / callsAtOnce };
  });
}

function compileProduct(engine: Engine, { batch, M, K, N, transposeA, transposeB }: Product): () => void {
  const outer = batch === 1 ? [] : [batch];
  const program = engine.compile(({ a, b }) => ({ c: tf.matMul(a, b, transposeA, transposeB) }), {
    a: { shape: [...outer, ...(transposeA ? [K, M] : [M, K])], dtype: 'float32' },
    b: { shape: [...outer, ...(transposeB ? [N, K] : [K, N])], dtype: 'float32' },
  });
  return () => {
    program.run();
  };
}
