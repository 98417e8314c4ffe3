/** What to look for in a picture. */
export interface LookFor {
  /** One sentence. */
  readonly short: string;
  /** What else there is to know, such as thresholds: sentences that are shown on demand. */
  readonly more?: string;
}
