import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { distinctEnds, pathOf } from '../../../src/shared/file-path';

describe('the path of an address', () => {
  it('is written as a person writes it', () => {
    const paths: Readonly<Record<string, string>> = {
      'file:///home/a/my%20names%20%231.txt': '/home/a/my names #1.txt',
      'file:///c%3A/names.txt': 'c:/names.txt',
      'file://server/share/names.txt': '//server/share/names.txt',
      'vscode-remote://wsl%2Bubuntu/home/names.txt': '/home/names.txt',
      'git:/home/names.txt?%7B%22ref%22%3A%22~%22%7D': '/home/names.txt',
      'untitled:Untitled-1': 'Untitled-1',
      'file:///50%-off.txt': '/50%-off.txt',
      'names.txt': 'names.txt',
    };
    for (const [address, path] of Object.entries(paths)) strictEqual(pathOf(address), path);
  });

  it('is shown from the first folder on that tells files of one name apart', () => {
    const addresses = ['file:///a/girls/names.txt', 'file:///b/girls/names.txt', 'file:///a/boys/names.txt'];
    deepStrictEqual(
      [...distinctEnds(addresses).values()],
      ['a/girls/names.txt', 'b/girls/names.txt', 'a/boys/names.txt'],
    );
    deepStrictEqual([...distinctEnds(addresses.slice(1)).values()], ['girls/names.txt', 'boys/names.txt']);
    deepStrictEqual([...distinctEnds(['file:///a.txt', 'memory:/a.txt']).values()], ['/a.txt', '/a.txt']);
    strictEqual(distinctEnds([]).size, 0);
  });
});
