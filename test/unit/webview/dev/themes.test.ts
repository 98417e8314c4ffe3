import { deepStrictEqual, ok } from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { themes } from '../../../../webview/dev/themes';

/** Every variable of VS Code's that the inspector's scripts and style sheets name. */
function variablesUsed(): string[] {
  const files = readdirSync('webview', { recursive: true, encoding: 'utf8' });
  const sources = files.filter(file => /\.(ts|css)$/.test(file) && !file.startsWith('dev'));
  const texts = sources.map(file => readFileSync(join('webview', file), 'utf8'));
  return [...new Set(texts.flatMap(text => text.match(/--vscode-[\w-]+/g) ?? []))];
}

describe('the themes of the dev page', () => {
  it('have every variable that the inspector uses, in one of the four at least', () => {
    const known = Object.values(themes).flatMap(({ variables }) => Object.keys(variables));
    const used = variablesUsed();
    ok(used.length > 30);
    deepStrictEqual(
      used.filter(name => !known.includes(name)),
      [],
      'a name that VS Code does not know, or a new one: node test/vscode/read-themes.mjs',
    );
  });
});
