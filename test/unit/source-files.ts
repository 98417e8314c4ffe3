import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The files below a folder of the repository, as paths in it. */
export function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map(name => path.posix.join(folder, name.replaceAll(path.sep, '/')));
}

/** What a module imports of the repository, types too, as paths in it. */
export function importsOf(module: string): string[] {
  const imports = readFileSync(module, 'utf8').matchAll(/^(?:import|export)\b[^;]*?'(\.[^']*)';$/gm);
  return Array.from(imports, ([, name = '']) => {
    const file = path.posix.join(path.posix.dirname(module), name);
    return path.posix.extname(file) === '' ? `${file}.ts` : file;
  });
}
