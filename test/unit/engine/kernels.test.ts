import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { Engine } from '../../../src/engine/engine';
import { kernels } from '../../../src/engine/kernels';
import { createTfjsEngine } from '../../../src/engine/tfjs-engine';
import { at } from '../../../src/shared/at';
import { assertClose, compiledEngines, flavors, interpretOnce, runOnce, type TensorFunction } from './helpers';
import { cases } from './kernel-cases';

describe("the compiled engine's kernels", () => {
  const engines = compiledEngines({ guard: 64 });
  let oracle: Engine;
  before(async () => (oracle = await createTfjsEngine('tfjs-cpu')));

  it('this machine runs both flavors, so that both are tested', () => deepStrictEqual(flavors, ['simd', 'fma']));
  it('each kernel has a test case', () => deepStrictEqual(Object.keys(cases), Object.keys(kernels)));

  for (const [kernel, draw] of Object.entries(cases))
    it(`${kernel} gives what plain loops and tfjs give`, () => {
      fc.assert(
        fc.property(fc.gen(), gen => {
          const { operands, op, tolerance = {} } = draw(from => gen(() => from));
          const inputs = Object.fromEntries(operands.map(({ given }, i) => [`x${i}`, given]));
          const f: TensorFunction<string, string> = x => {
            const given = Object.values(x);
            const seen = operands.map(({ view = t => t }, i) => view(at(given, i)));
            return Object.fromEntries([op(...seen)].flat().map((tensor, i) => [`y${i}`, tensor]));
          };
          const [plain, ofTfjs] = [interpretOnce(f, inputs), runOnce(oracle, f, inputs)];
          for (const engine of engines) {
            const results = runOnce(engine, f, inputs);
            assertClose(results, plain, tolerance, `${engine.simd} against float64`);
            assertClose(results, ofTfjs, tolerance, `${engine.simd} against tfjs`);
          }
        }),
        // Shrinking what is drawn piece by piece would take forever.
        { numRuns: 40, endOnFailure: true },
      );
    });
});
