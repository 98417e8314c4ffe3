/** A matrix as a table, for those who read rather than look. */
export function* bigramRows(tokens: readonly string[], write: (cell: number) => string): Generator<string[]> {
  for (const [row, token] of tokens.entries())
    yield [token, ...tokens.map((_, column) => write(row * tokens.length + column))];
}
