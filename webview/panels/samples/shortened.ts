/** An untrained model may go on for hundreds of characters: so many tell enough. */
const longest = 12;

/** A name as it fits into a row of several; a name without characters is there too. */
export function shortened(name: string): string {
  if (name === '') return '–';
  const characters = [...name];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : name;
}
