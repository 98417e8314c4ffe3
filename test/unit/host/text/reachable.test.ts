import { ok } from 'node:assert/strict';
import { isWithinReach } from '../../../../src/host/text/reachable';

const place = (address: string): { scheme: string; authority: string; path: string } => {
  const {
    scheme = '',
    authority = '',
    path = '',
  } = /^(?<scheme>[^:]+):(?:\/\/(?<authority>[^/]*))?(?<path>.*)$/.exec(address)?.groups ?? {};
  return { scheme, authority, path };
};

describe('the file of an opened run', () => {
  it('is looked at unasked if it is on this machine, or where a folder or a document is open', () => {
    for (const address of ['file:///home/a/names.txt', 'file:///c:/names.txt', 'untitled:Untitled-1'])
      ok(isWithinReach(place(address), []), address);
    const folder = place('vscode-vfs://github/karpathy/makemore');
    ok(isWithinReach(place('vscode-vfs://github/karpathy/makemore/names.txt'), [place('file:///a'), folder]));
    ok(isWithinReach(place('file://server/share/names.txt'), [place('file://server/share')]));
  });

  it('is not looked at unasked anywhere else, such as on another machine or with the scheme of another extension', () => {
    const open = [place('file:///home/a'), place('vscode-vfs://github/karpathy/makemore')];
    for (const address of [
      'file://server/share/names.txt',
      'file:////server/share/names.txt',
      'vscode-vfs://elsewhere/names.txt',
      'ssh://somebody@example.com/names.txt',
      'http://example.com/names.txt',
      'command:workbench.action.toggleZenMode',
    ])
      ok(!isWithinReach(place(address), open), address);
  });
});
