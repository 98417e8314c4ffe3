import { deepStrictEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, importsOf } from '../source-files';

/** The classes that a sheet defines: those with which its selectors begin, or, in a chain as `.chart.short`, end the chain. */
function definedIn(sheet: string): string[] {
  const selectors = readFileSync(sheet, 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\{[^{}]*\}/g, ','); // what is left of a @media is its selectors
  const first = /(?<=^|[,{}])\s*(?:\.vscode-[\w-]+\s+)?\w*(?:\.[\w-]+)*\.([\w-]+)/g;
  return Array.from(selectors.matchAll(first), ([, name = '']) => name);
}

/** The classes that a module gives to elements, as far as their names stand there whole. */
function setIn(module: string): string[] {
  const setting = /(?:class: |className = |classList\.\w+\()(?:'[^']*'|`[^`]*`|[^,)}'`])*/g;
  const settings = Array.from(readFileSync(module, 'utf8').matchAll(setting), ([text]) => text);
  const quoted = settings.flatMap(text => text.match(/'[^']*'|`[^`]*`/g) ?? []);
  return quoted.flatMap(text =>
    text
      .slice(1, -1)
      .replace(/\$\{[^}]*\}/g, '')
      .split(' '),
  );
}

describe('a class of the webview', () => {
  const files = filesIn('webview').filter(file => !file.startsWith('webview/dev/'));
  const modules = files.filter(file => file.endsWith('.ts'));
  // The sheets of the webview itself are for everybody.
  const sheets = files.filter(file => file.endsWith('.css') && path.dirname(file) !== 'webview');

  it('is set in the folder of its style sheet, or by a module that imports the sheet', () => {
    const strangers = sheets.flatMap(sheet => {
      const defined = new Set(definedIn(sheet));
      ok(defined.size > 0, `${sheet} defines no class`);
      const others = modules.filter(
        module => path.dirname(module) !== path.dirname(sheet) && !importsOf(module).includes(sheet),
      );
      return others.flatMap(module =>
        setIn(module)
          .filter(name => defined.has(name))
          .map(name => `${module} sets ${name} of ${sheet}`),
      );
    });
    deepStrictEqual(strangers, []);
  });
});
