/** What VS Code would make of a text, and texts that try it. */
import fc from 'fast-check';
import { doesNotMatch } from 'node:assert/strict';

/** Pieces that mean something somewhere: links, icons, Markdown, HTML, line breaks, escapes of terminals, directions. */
const pieces = [
  ...['[see the rules](command:workbench.action.toggleZenMode)', '[x](https://example.com "y")', '[', ']', '(', ')'],
  ...['$(zap)', '$(sync~spin)', '$', '\\', '\\$(zap)', 'command:', 'https://example.com', 'www.example.com', 'a@b.c'],
  ...['**', '_', '`', '|', '<b>', '<img src=x>', '![x](https://example.com/a.png)', '&lt;', '# ', '- ', '1. ', '~~'],
  ...['\n', '\r', '\t', '\u0000', '\u001b[31m', '\u001b]8;;https://example.com\u0007', '\u007f', '\u009b2J', '\u2028'],
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'],
  ...['anna', 'דניאל', '\u{1f600}', ' '],
];

/** Names of files, titles and settings as nobody means well with them. */
export const hostileText = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 4 })), { maxLength: 12 })
  .map(parts => parts.join(''));

/** As VS Code's linkedText.ts finds links, and its iconLabels.ts finds icons. */
const links = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const icons = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

/** @throws AssertionError for a text that is more than one line of nothing but text */
export function assertVisible(text: string): void {
  doesNotMatch(text, /[\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Cc}/u);
}

/** @throws AssertionError for a text of which a notification, a list or the status bar would make more than a text */
export function assertPlain(text: string): void {
  assertVisible(text);
  doesNotMatch(text, links);
  doesNotMatch(text, icons);
}
