import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

interface Setting {
  readonly enum?: readonly string[];
  readonly default: unknown;
}

interface Manifest {
  readonly bin: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly title: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { commands, configuration } = manifest.contributes;
const guides = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map(name => `docs/${name}`)];

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** What the first group of a pattern matches, each once. */
function all(pattern: RegExp, text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, group = '']) => group))];
}

/** The files and headings that a document links to, as paths of the repository with the heading behind `#`. */
function linksOf(document: string): string[] {
  return all(/\]\(([^)\s]+)\)/g, read(document))
    .filter(link => !/^https?:/.test(link))
    .map(link => (link.startsWith('#') ? document + link : posix.join(posix.dirname(document), link)));
}

/** Headings as Markdown viewers make them into addresses. */
function anchorsOf(document: string): string[] {
  return all(/^#+ (.+)$/gm, read(document)).map(heading =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

function isThere(link: string): boolean {
  const [file = '', ...anchors] = link.split('#');
  return existsSync(file) && anchors.every(anchor => anchorsOf(file).includes(anchor));
}

for (const document of guides) {
  describe(document, () => {
    it('links to files and headings that exist', () => {
      deepStrictEqual(
        linksOf(document).filter(link => !isThere(link)),
        [],
      );
    });

    it('names commands by their titles', () => {
      const titles = commands.map(({ title, category }) => `${category}: ${title}`);
      deepStrictEqual(
        all(/\*\*(Makemore: [^*]+)\*\*/g, read(document)).filter(title => !titles.includes(title)),
        [],
      );
    });

    it('names scripts that package.json has', () => {
      deepStrictEqual(
        all(/\bnpm run ([\w:]+)/g, read(document)).filter(name => !(name in manifest.scripts)),
        [],
      );
    });

    it('passes no arguments behind a `--` of npm, which PowerShell swallows', () => {
      deepStrictEqual(all(/\b(npm [\w: ]+ --) /g, read(document)), []);
    });
  });
}

describe('CHANGELOG.md', () => {
  const [, ...versions] = read('CHANGELOG.md').split(/^(?=## )/m);

  it('has the form of Keep a Changelog', () => {
    const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    ok(versions[0]?.startsWith('## [Unreleased]\n'));
    for (const version of versions) {
      ok(/^## \[(Unreleased|\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)/.test(version), version.slice(0, 40));
      const found = all(/^### (.+)$/gm, version);
      deepStrictEqual(
        found,
        kinds.filter(kind => found.includes(kind)),
      );
      // Under each heading a list, without gaps.
      deepStrictEqual(all(/^(?!#|- | {2}\S|$)(.+)$/gm, version), []);
      deepStrictEqual(all(/^(- .*| {2}.*)\n\n- /gm, version), []);
    }
  });
});

describe('npx makemore', () => {
  it('runs what npm run makemore runs, as a program', () => {
    strictEqual(manifest.scripts.makemore, `node ${posix.normalize(manifest.bin)}`);
    ok(read(manifest.bin).startsWith('#!/usr/bin/env node\n'));
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  it('lists every setting with its default', () => {
    const rows = [...readme.matchAll(/^\| `(makemore\.[\w.]+)` \|([^|]*)\|/gm)];
    const settings = Object.entries(configuration.properties);
    deepStrictEqual(
      new Map(rows.map(([, id, value = '']) => [id, value.replaceAll('`', '').trim()])),
      new Map(settings.map(([id, setting]) => [id, String(setting.default)])),
    );
  });

  it('lists every preset', () => {
    const choices = Object.entries(configuration.properties).find(([id]) => id === 'makemore.preset')?.[1].enum ?? [];
    deepStrictEqual(
      choices.filter(id => id !== '' && !readme.includes(`\`${id}\``)),
      [],
    );
  });

  it('links to nothing that the package leaves out', () => {
    const patterns = all(/^!(.+)$/gm, read('.vscodeignore'));
    const shipped = patterns.map(pattern => pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')).join('|');
    deepStrictEqual(
      linksOf('README.md').filter(link => !new RegExp(`^(${shipped})(#|$)`).test(link)),
      [],
    );
  });
});
