/**
 * Where a panel stands: at the top without a heading of its own; in the row right below, which is what a person sees
 * first; in one of the two columns of a wide inspector, where it can be moved; or below everything.
 */
export type Place = 'top' | 'front' | 'first' | 'second' | 'last';
