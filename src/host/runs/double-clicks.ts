/** As VS Code's own default. */
const betweenClicksMilliseconds = 500;

/** VS Code tells of a double click as of two clicks. @returns whether a click on a row, made now, is the second on it */
export function doubleClicks(now: () => number = Date.now): (id: string | undefined) => boolean {
  let last: { readonly id: string | undefined; readonly at: number } | undefined;
  return id => {
    const isSecond = last !== undefined && last.id === id && now() - last.at < betweenClicksMilliseconds;
    last = isSecond ? undefined : { id, at: now() };
    return isSecond;
  };
}
