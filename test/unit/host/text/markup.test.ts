import fc from 'fast-check';
import { doesNotMatch, ok, strictEqual } from 'node:assert/strict';
import { assertPlain, assertVisible, hostileText } from '../../../markup';
import { markdown, plain } from '../../../../src/host/text/markup';

describe('a text from outside', () => {
  it('opens no link and no icon, and is one line without control characters, whatever it is', () => {
    fc.assert(
      fc.property(hostileText, fc.string(), (text, around) => {
        assertPlain(plain(text));
        assertPlain(plain(`${around}${text}${around}`));
      }),
      { numRuns: 2000 },
    );
  });

  it('looks as it was, but for what cannot be seen', () => {
    for (const text of [
      'names.txt',
      "Zoë O'Brien (2018)",
      'דניאל',
      'a\u200fb',
      '\u{1f468}\u200d\u{1f469}',
      '[1]',
      '5 $',
    ])
      strictEqual(plain(text), text);
    const file = '[see the rules](command:workbench.action.toggleZenMode).txt';
    strictEqual(plain(file).replaceAll('\u2060', ''), file);
    strictEqual(plain('a\tb\r\nc\u001b[31m\u007f\u009b\u202e'), 'a b c\u241b[31m\u2421\ufffd\ufffd');
  });

  it('is read by Markdown as a text, in which every mark is escaped', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const written = markdown(text);
        assertVisible(written);
        const rest = written.replace(/\\[!-/:-@[-`{-~]/g, '');
        doesNotMatch(rest, /[!-/:-@[-`{-~]/);
        ok(!/\s\s/.test(written), 'two spaces could end a line or begin code');
      }),
      { numRuns: 2000 },
    );
  });
});
