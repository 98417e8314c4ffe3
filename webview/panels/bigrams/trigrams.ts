import { at } from '../../../src/shared/at';
import { models } from '../../../src/shared/models';
import type { Preset } from '../../../src/shared/presets';
import type { TrigramSlice } from '../../../src/shared/run';
import { countOf, formatInteger } from '../../draw/format';

/** Whether the model learns from trigrams. */
export function knowsTrigrams(preset: Preset | undefined): boolean {
  return preset !== undefined && models[preset.model].reads === 'trigrams';
}

/** The characters of a cell: two in a row, or three with the one before them. */
export function charactersOf(tokens: readonly string[], cell: number, after: string | undefined): string[] {
  const pair = [at(tokens, Math.floor(cell / tokens.length)), at(tokens, cell % tokens.length)];
  return after === undefined ? pair : [after, ...pair];
}

/** A trigram in words: "4 names begin with an." says more than "trigram .an". */
export function describeTrigram(first: string, tokens: readonly string[], cell: number, count: number): string {
  const [boundary] = tokens;
  const [, second, third] = charactersOf(tokens, cell, first);
  const names = (verb: string): string =>
    count === 0 ? `No name ${verb}s` : `${countOf(count, 'name')} ${verb}${count === 1 ? 's' : ''}`;
  const begins = first === boundary;
  const ends = third === boundary;
  if (second === boundary)
    return begins && !ends
      ? `${names('begin')} with ${third}: two boundaries stand in front.`
      : 'Behind its boundary no name goes on.';
  if (begins) return ends ? `${names('consist')} of ${second} alone.` : `${names('begin')} with ${second}${third}.`;
  if (ends) return `${names('end')} in ${first}${second}.`;
  const times = count === 1 ? 'once' : `${formatInteger(count)} times`;
  return count === 0 ? `${third} never follows ${first}${second}.` : `${third} follows ${first}${second} ${times}.`;
}

/** @param all the number of trigrams in the file */
export function trigramSentence(
  { first, tokens, total }: TrigramSlice,
  all: number,
  preset: Preset | undefined,
): string {
  const share = `${formatInteger(total)} of ${formatInteger(all)} trigrams begin with “${first}”.`;
  const rows =
    first === tokens[0]
      ? `Row “${first}” has the first letters of names, every other row what comes after its first letter.`
      : `Each row says what follows “${first}” and then its own character.`;
  return `${share} ${rows}${modelSentence(preset)}`;
}

function modelSentence(preset: Preset | undefined): string {
  if (!preset) return '';
  const { logits, reads } = models[preset.model];
  if (logits === null && reads === 'trigrams') return ' All slices together are the model.';
  return logits === 'xenc @ W' ? ' The net has no such table: it adds up what both characters vote for.' : '';
}
