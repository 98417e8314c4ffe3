/** Lengths of strokes and gaps, in CSS pixels. */
export const dashes = { solid: [], dashed: [5, 4], dotted: [1.5, 3] } as const;
export type Stroke = keyof typeof dashes;
