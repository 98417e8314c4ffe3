/** The lengths of strokes and gaps. */
export const dashes = { solid: [], dashed: [5, 4], dotted: [1.5, 3] } as const;
export type Stroke = keyof typeof dashes;
