import { ok, strictEqual } from 'node:assert/strict';
import { filesIn, importsOf } from './source-files';

type Graph = ReadonlyMap<string, readonly string[]>;

/** The first circle that is found, from a file to itself; undefined where there is none. */
function circleIn(graph: Graph): string | undefined {
  const clear = new Set<string>();
  const follow = (file: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file].join(' → ');
    if (clear.has(file)) return undefined;
    for (const imported of graph.get(file) ?? []) {
      const circle = follow(imported, [...trail, file]);
      if (circle) return circle;
    }
    clear.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = follow(file, []);
    if (circle) return circle;
  }
  return undefined;
}

describe('imports', () => {
  it('go in no circle', () => {
    const modules = ['src', 'webview'].flatMap(filesIn).filter(file => /(?<!\.d)\.ts$/.test(file));
    const graph = new Map(modules.map(module => [module, importsOf(module)]));
    ok(graph.get('src/host/extension.ts')?.includes('src/host/session/session.ts'));
    strictEqual(circleIn(graph), undefined);
  });

  it('that go in a circle are found', () => {
    const graph = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', ['d']],
      ['d', ['b']],
    ]);
    strictEqual(circleIn(graph), 'b → c → d → b');
    graph.set('d', []);
    strictEqual(circleIn(graph), undefined);
  });
});
