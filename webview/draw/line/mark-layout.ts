import type { Axis, Mark } from './line-picture';

/** Labels closer than this would touch. */
const lineHeight = 13;

/** Those that the axis holds: no mark makes it longer. */
export function marksWithin(marks: readonly Mark[], { min, max }: Pick<Axis, 'min' | 'max'>): readonly Mark[] {
  return marks.filter(({ y }) => y >= min && y <= max);
}

/** Whether each label has room, when earlier ones come first. @param places in pixels, down from the top */
export function labelsWithRoom(places: readonly number[]): readonly boolean[] {
  const taken: number[] = [];
  return places.map(place => {
    const hasRoom = taken.every(other => Math.abs(other - place) >= lineHeight);
    if (hasRoom) taken.push(place);
    return hasRoom;
  });
}
