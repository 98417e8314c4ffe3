import { deepStrictEqual, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import prettier from 'prettier';
import { steps } from '../../runner/steps.mjs';

const file = '.github/workflows/ci.yml';
const workflow = readFileSync(file, 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What the first group of a pattern matches. */
const all = pattern => Array.from(workflow.matchAll(pattern), ([, group]) => group);
const commands = all(/\brun: (.+)$/gm);

describe('the workflow', () => {
  it('is YAML', async () => {
    ok(await prettier.check(workflow, { ...(await prettier.resolveConfig(file)), filepath: file }));
  });

  it('runs nothing but scripts of package.json, once everything is installed', () => {
    const [first, ...others] = commands;
    deepStrictEqual(first, 'npm ci');
    ok(others.length > 0);
    for (const command of others) {
      const [, name] = /^npm (?:run )?([\w:]+)$/.exec(command) ?? [];
      ok(name in scripts, command);
    }
  });

  it('tests every system, and the oldest Node that is supported', () => {
    const [systems] = all(/os: \[(.+)\]/g);
    deepStrictEqual(systems.split(', '), ['ubuntu-latest', 'windows-latest', 'macos-latest']);
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
    const [oldest] = /\d+/.exec(engines.node);
    ok(all(/\bnode: (\d+)/g).includes(oldest));
  });

  it('takes actions by their major version', () => {
    for (const action of all(/uses: (.+)$/gm)) match(action, /^actions\/[\w-]+@v\d+$/);
  });
});

describe('scripts of package.json', () => {
  it('name steps of the tests that exist', () => {
    const ids = steps.map(({ id }) => id);
    for (const [script, command] of Object.entries(scripts)) {
      const [, only = ''] = /--only (\S+)/.exec(command) ?? [];
      deepStrictEqual(
        only.split(',').filter(id => id && !ids.includes(id)),
        [],
        script,
      );
    }
  });

  it('name files that exist, and nothing that only a Unix shell knows', () => {
    for (const [script, command] of Object.entries(scripts)) {
      for (const [, name] of command.matchAll(/\bnode (\S+)/g)) ok(readFileSync(name), script);
      ok(!/[;'$`|]|(^|\s)[A-Z_]+=/.test(command), script);
    }
  });
});
