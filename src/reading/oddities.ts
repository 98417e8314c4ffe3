/** Characters that nobody sees. Joiners (U+200C, U+200D) are none of them: Persian, Indic scripts and emoji need them. */
const invisible = /[\u00a0\u00ad\u061c\u180e\u200b\u200e\u200f\u2007\u202a-\u202f\u2060-\u2064\u2066-\u2069\ufeff]/;

export function invisibleIn(name: string): boolean {
  return invisible.test(name);
}

/** Windows-1252 where it differs from Latin-1: the characters of the bytes 0x80 to 0x9f. */
const windows1252 = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i));
/** What follows the first byte of a character in UTF-8. Apostrophes and dashes do so in names that are right, too. */
const continuation = `[\u0080-\u00bf${windows1252.replace(/[‘’–—]/g, '')}]`;
/** The bytes of Latin and Cyrillic letters and of quotes in UTF-8, each read as a character: "Ã©" for "é". */
const misread = new RegExp(`[ÂÃÄÅ]${continuation}|[ÐÑ][\u0080-\u00bf]|â€`);

/** Whether a name looks like UTF-8 that was read as Windows-1252 or Latin-1. */
export function misreadIn(name: string): boolean {
  return misread.test(name);
}
