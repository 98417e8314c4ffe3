/** An untrained model may go on for hundreds of characters. These are enough. */
const longest = 12;

/** A name for a row of several. A name without characters shows as well. */
export function shortened(name: string): string {
  if (name === '') return '–';
  const characters = [...name];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : name;
}
