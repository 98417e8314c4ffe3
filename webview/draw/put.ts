/** Puts an element at a place among its parent's; what in it was scrolled stays where it was scrolled to. */
export function put(moved: HTMLElement, parent: HTMLElement, index: number): void {
  if (parent.children.item(index) === moved) return;
  const scrolled = [...moved.querySelectorAll('*')]
    .filter(({ scrollTop, scrollLeft }) => scrollTop > 0 || scrollLeft > 0)
    .map(inside => ({ inside, top: inside.scrollTop, left: inside.scrollLeft }));
  parent.insertBefore(moved, parent.children.item(index));
  for (const { inside, top, left } of scrolled) inside.scrollTo({ top, left, behavior: 'instant' });
}
