/** What a person can mend: its message is one clear sentence that says what is wrong, where, and what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The sentence to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
