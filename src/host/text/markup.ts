import { visible } from '../../shared/visible';

/**
 * Names of files, titles of runs, settings and what they make of an error are texts, never markup. What VS Code 1.100 to
 * 1.139 makes of the texts that it is given, as its source has it:
 *
 * | where | links `[text](command:…)` | icons `$(name)` | Markdown |
 * |---|---|---|---|
 * | notifications, also of errors that a command throws | yes, commands too | no | no |
 * | modal questions, titles of dialogs | no | no | no |
 * | prompts and validation messages of input boxes | yes, commands too | yes | no |
 * | labels, descriptions and details of quick picks | no | yes | no |
 * | the status bar: items, messages, progress | no | yes | no |
 * | progress in notifications | yes, commands too | no | no |
 * | labels and descriptions in trees | no | only as a proposal | no |
 * | tooltips that are a `MarkdownString` | yes, if trusted | if asked for | yes |
 * | tooltips that are a string, labels for screen readers | no | no | no |
 * | CodeLens titles | no | yes | no |
 *
 * So there are two functions: `plain` for whatever is no Markdown, and `markdown`. `surfaces.ts` calls them.
 */

/** For every place that may read links and icons: looks as it was, but nothing in it opens a link or an icon. */
export function plain(text: string): string {
  return visible(text).replace(/[\]$](?=\()/g, `$&${wordJoiner}`);
}

/** Takes no room, and is not where a line may break. */
const wordJoiner = '\u2060';

/** For Markdown, also within a table: every mark of ASCII may begin something, an address too. */
export function markdown(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
