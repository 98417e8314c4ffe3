// What the in-host suite has written when it was through.
import fs from 'node:fs';

/**
 * Prints the results and counts them; no results at all are a failure.
 * @param {string} resultsFile what the suite has written
 * @param {string[]} [said] what else is known if it has written nothing
 */
export function reportResults(resultsFile, said = []) {
  const written = fs.existsSync(resultsFile) && JSON.parse(fs.readFileSync(resultsFile, 'utf8'));
  const { results, figures } = written || { results: [], figures: [] };
  if (results.length === 0) {
    console.log(`no test has run\n${said.join('\n')}`);
    return { passed: 0, failed: 1 };
  }
  for (const { title, milliseconds, error } of results) {
    console.log(`  ${error ? '✗' : '✓'} ${title} (${milliseconds} ms)`);
    if (error) console.log(error.replace(/^/gm, '      '));
  }
  for (const figure of figures) console.log(`  measured: ${figure}`);
  const failed = results.filter(({ error }) => error).length;
  return { passed: results.length - failed, failed };
}
