const parts = /^(?<scheme>[^/:?#]+):(?:\/\/(?<authority>[^/?#]*))?(?<path>[^?#]*)/;

/** The path of an address as a person writes it: that of `file:///c%3A/my%20names.txt` is `c:/my names.txt`. */
export function pathOf(address: string): string {
  const { scheme, authority = '', path = address } = parts.exec(address)?.groups ?? {};
  const written = decoded(path);
  if (scheme === 'file' && authority !== '') return `//${authority}${written}`; // another machine on Windows
  return /^\/[a-z]:/i.test(written) ? written.slice(1) : written;
}

/** The shortest ends of paths that tell them apart, such as `girls/names.txt` and `boys/names.txt`. */
export function distinctEnds(addresses: readonly string[]): ReadonlyMap<string, string> {
  const paths = new Map(addresses.map(address => [address, pathOf(address).split('/')]));
  const longest = Math.max(0, ...[...paths.values()].map(parts => parts.length));
  for (let length = 1; ; length++) {
    const ends = new Map([...paths].map(([address, parts]) => [address, parts.slice(-length).join('/')]));
    if (length >= longest || new Set(ends.values()).size === ends.size) return ends;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
