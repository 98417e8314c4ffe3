import { CompiledEngine } from './compiled-engine';
import { detectSimd } from './emit/wasm';
import type { Engine } from './engine';
import { createTfjsEngine } from './tfjs-engine';

/** An engine, and why it is not the one that was asked for. */
export interface CreatedEngine {
  readonly engine: Engine;
  readonly notice?: string;
}

/** @returns the engine that was asked for, or `tfjs-wasm` if this machine cannot run it */
export async function createEngine(id: Engine['id']): Promise<CreatedEngine> {
  if (id !== 'compiled') return { engine: await createTfjsEngine(id) };
  if (detectSimd()) return { engine: new CompiledEngine() };
  return fallBack('This machine runs WebAssembly without SIMD.');
}

/** @param reason why the compiled engine cannot be used, as a sentence */
export async function fallBack(reason: string): Promise<CreatedEngine> {
  const notice = `${reason} So tfjs-wasm runs instead of the compiled engine; it is slower.`;
  return { engine: await createTfjsEngine('tfjs-wasm'), notice };
}
