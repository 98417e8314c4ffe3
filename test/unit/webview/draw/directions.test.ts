import fc from 'fast-check';
import { deepStrictEqual, doesNotMatch, strictEqual } from 'node:assert/strict';
import { isolated, partsOf } from '../../../../webview/draw/directions';

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;
const texts = fc
  .array(fc.constantFrom('דניאל', 'בן גוריון', 'مريم', 'שָׁלוֹם', 'anna', '“', '”', '.', ': ', '0.6029', ' ', '-', ', '))
  .map(parts => parts.join(''));

describe('names from right to left', () => {
  it('are isolated from the quotes and digits of the sentence that they stand in', () => {
    const parts = (text: string): string[] =>
      partsOf(text).map(part => (part.isRightToLeft ? `<${part.text}>` : part.text));
    deepStrictEqual(parts('Loss of “דניאל.”: 0.6029'), ['Loss of “', '<דניאל>', '.”: 0.6029']);
    deepStrictEqual(parts('“בן גוריון”, “מ” .25'), ['“', '<בן גוריון>', '”, “', '<מ>', '” .25']);
    deepStrictEqual(parts('“anna”: 0.6029'), ['“anna”: 0.6029']);
    deepStrictEqual(parts(''), []);
  });

  it('lose and gain nothing, and none of their letters stands outside, whatever the sentence is', () => {
    fc.assert(
      fc.property(texts, text => {
        const parts = partsOf(text);
        strictEqual(parts.map(part => part.text).join(''), text);
        for (const { text, isRightToLeft } of parts) doesNotMatch(text, isRightToLeft ? /[a-z0-9“”.:,]/ : rightToLeft);
        strictEqual(isolated(text).replace(/[\u2068\u2069]/g, ''), text);
      }),
    );
  });

  it('have marks around them in a tooltip, unless they are all of it', () => {
    strictEqual(isolated('דניאל, line 3'), '\u2068דניאל\u2069, line 3');
    strictEqual(isolated('דניאל'), 'דניאל');
    strictEqual(isolated('anna, line 3'), 'anna, line 3');
  });
});
