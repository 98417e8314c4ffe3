// VS Code loads this module into its extension host and calls run(), which runs the tests in this folder.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figures } from './figures';

interface Result {
  title: string;
  milliseconds: number;
  error?: string;
}

/**
 * Runs every `*.test.js` of this folder with mocha, and writes the results to the file named by MAKEMORE_TEST_RESULTS.
 * With an exit status alone, finding no tests would look like success.
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const grep = process.env.MAKEMORE_TEST_GREP;
  const mocha = new Mocha({ ui: 'bdd', reporter: 'min', timeout: 60_000, ...(grep && { grep }) });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }

  const results: Result[] = [];
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', test => results.push({ title: test.fullTitle(), milliseconds: test.duration ?? 0 }));
    runner.on('fail', (test, error: Error) =>
      results.push({
        title: test.fullTitle(),
        milliseconds: test.duration ?? 0,
        error: error.stack ?? error.message,
      }),
    );
  });

  const file = process.env.MAKEMORE_TEST_RESULTS;
  if (file) writeFileSync(file, JSON.stringify({ results, figures }));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
