// Writes the rows as they come in: a Markdown table for people, JSON lines for machines.
import { digitsOf } from './judge.mjs';

/**
 * @typedef {object} Report
 * @property {(preset: string | undefined, row: import('./published.mjs').Row, judged: import('./judge.mjs').Judged) => void} row
 * @property {(summary: {rows: number, held: number, engine: string, seconds: number}) => void} end
 */

/** @returns {Report} */
export function jsonReport() {
  const line = (type, fields) => console.log(JSON.stringify({ type, ...fields }));
  return {
    row: (preset, _, judged) => line('row', { ...(preset && { preset }), ...judged }),
    end: summary => line('summary', summary),
  };
}

/**
 * @param {{preset?: string, rows: import('./published.mjs').Row[]}[]} groups what will come, for the widths of the columns
 * @returns {Report}
 */
export function tableReport(groups) {
  const widest = textOf =>
    Math.max(...groups.flatMap(({ preset, rows }) => rows.map(row => textOf(preset, row).length)));
  const values = widest((_, { published }) => published);
  const widths = [
    widest((preset, { what }) => nameOf(preset, what)),
    values,
    values,
    'exact (1)'.length,
    'holds'.length,
  ];
  const line = cells => console.log(`| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
  /** @type {string[]} the reasons for bands, numbered from 1 */
  const notes = [];
  const noteOf = why => (notes.includes(why) ? notes.indexOf(why) + 1 : notes.push(why));

  line(['what', 'published', 'ours', 'band', 'holds']);
  line(widths.map(width => '-'.repeat(width)));
  return {
    row(preset, { what, published }, { ours, band, why, holds }) {
      const width = band ? `${bandText(band)}${why ? ` (${noteOf(why)})` : ''}` : 'exact';
      line([nameOf(preset, what), published, printedAs(published, ours), width, holds ? 'yes' : 'no']);
    },
    end({ rows, held, engine, seconds }) {
      console.log('\nThe band is half a unit of the last published digit, except:\n');
      notes.forEach((note, i) => console.log(`${i + 1}. ${note}`));
      const where = `engine \`${engine}\`, Node ${process.versions.node}`;
      console.log(`\n${held} of ${rows} hold (${where}, ${seconds.toFixed(0)} s).`);
    },
  };
}

function nameOf(preset, what) {
  return preset === undefined ? what : `\`${preset}\`: ${what}`;
}

/** Our numbers with as many digits as the published ones, and with the same separators. */
function printedAs(published, ours) {
  const digits = digitsOf(published);
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const texts = ours.map(value => (typeof value === 'number' ? value.toLocaleString('en-US', format) : value));
  return texts.join(published.includes(' / ') ? ' / ' : ' ') || 'no answer';
}

/** 0.005 for half a unit of the second digit, 5e-5 for one of the fourth. */
function bandText(band) {
  return band >= 1e-3 ? String(band) : band.toExponential(0);
}
