/** Puts an element at a place among the children of a parent. What was scrolled in it stays scrolled. */
export function put(moved: HTMLElement, parent: HTMLElement, index: number): void {
  if (parent.children.item(index) === moved) return;
  const scrolled = [...moved.querySelectorAll('*')]
    .filter(({ scrollTop, scrollLeft }) => scrollTop > 0 || scrollLeft > 0)
    .map(inside => ({ inside, top: inside.scrollTop, left: inside.scrollLeft }));
  parent.insertBefore(moved, parent.children.item(index));
  for (const { inside, top, left } of scrolled) inside.scrollTo({ top, left, behavior: 'instant' });
}
