import { ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { menus: Readonly<Record<string, readonly MenuItem[]>> };
};

it('a folder is revealed only by a window on the machine that has it', () => {
  const items = Object.values(manifest.contributes.menus)
    .flat()
    .filter(({ command, when }) => command === 'makemore.revealRun' && when !== 'false');
  strictEqual(items.length, 1);
  for (const { when } of items) for (const no of ['!isWeb', '!remoteName']) ok(when?.split(' && ').includes(no), no);
});
