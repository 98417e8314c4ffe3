/** What a person has said about a run. It lies beside the record, which is never changed. */
export interface RunDetails {
  readonly title?: string;
  readonly pinned: boolean;
}

export const noDetails: RunDetails = { pinned: false };

/** Longer titles cannot be read in a list. */
export const longestTitle = 200;

/** Of the file, which holds little else than the title. */
export const mostDetailsBytes = 2 ** 16;

export function encodeDetails(details: RunDetails): string {
  return `${JSON.stringify(details, undefined, 2)}\n`;
}

/** Whatever cannot be read is left out: a run is none the worse for a title that is lost. */
export function decodeDetails(text: string): RunDetails {
  try {
    const { title, pinned } = JSON.parse(text) as { title?: unknown; pinned?: unknown };
    const known = typeof title === 'string' && title.length > 0 && title.length <= longestTitle;
    return { ...(known && { title }), pinned: pinned === true };
  } catch {
    return noDetails;
  }
}
