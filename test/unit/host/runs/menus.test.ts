import { ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { binaryFile } from '../../../../src/host/text/binary';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    commands: readonly { command: string; enablement?: string }[];
    menus: Readonly<Record<string, readonly MenuItem[]>>;
  };
};

it('a folder is revealed only by a window on the machine that has it', () => {
  const items = Object.values(manifest.contributes.menus)
    .flat()
    .filter(({ command, when }) => command === 'makemore.revealRun' && when !== 'false');
  strictEqual(items.length, 1);
  for (const { when } of items) for (const no of ['!isWeb', '!remoteName']) ok(when?.split(' && ').includes(no), no);
});

it('every file has the menu, but those that are known to hold no text', () => {
  const { menus } = manifest.contributes;
  for (const menu of ['explorer/context', 'editor/context'])
    ok(menus[menu]?.[0]?.when?.includes(`!(resourceExtname =~ ${binaryFile})`), menu);
  for (const file of ['.txt', '.md', '.log', '.tsv', '.dat', '.lst', '']) ok(!binaryFile.test(file), file);
  for (const file of ['.png', '.ipynb', '.ZIP']) ok(binaryFile.test(file), file);
});

it('several selected files are trained on, and nothing else is offered for them', () => {
  const items = manifest.contributes.menus['makemore.file'] ?? [];
  for (const { command, when } of items)
    strictEqual(when, command === 'makemore.train' ? undefined : '!listMultiSelection');
});

it('a run can be stopped while it starts', () => {
  const stop = manifest.contributes.commands.find(({ command }) => command === 'makemore.stop');
  ok(stop?.enablement?.split(' || ').includes('makemore.status == starting'));
});
