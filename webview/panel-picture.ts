import { toCss } from './draw/color';
import type { Display } from './draw/display';

/** What a picture leaves out: controls, and texts for those who do not see the picture. */
const leftOut = [
  '.movers, .look-for, .for-screen-readers, .codicon, .alert, .segmented, details, form, label, output, input, select',
  'button:not(h2 *, .legend *)',
].join();
/** Around the picture, in CSS pixels. */
const margin = 12;

/**
 * A panel with its heading, legends and labels, at the resolution of the screen, as a PNG. The browser lays it out once
 * more as an SVG: a copy of the elements with their styles, with images in place of canvases.
 *
 * @returns undefined where the panel has no picture at the moment
 */
export async function pictureOfPanel(
  panel: HTMLElement,
  { theme, pixelRatio }: Display,
): Promise<Uint8Array | undefined> {
  if (!hasPicture(panel)) return undefined;
  const copy = copyOf(panel, new Set(describing(panel)));
  Object.assign(copy.style, { margin: '0', padding: `${margin}px`, border: '0', boxSizing: 'border-box' });
  const width = Math.ceil(panel.getBoundingClientRect().width) + 2 * margin;
  const height = heightOf(copy, width);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svgOf(copy, width, height))}`;
  await image.decode();

  const canvas = new OffscreenCanvas(Math.round(width * pixelRatio), Math.round(height * pixelRatio));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('An offscreen canvas has no 2d context.');
  context.fillStyle = toCss(theme.background);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await canvas.convertToBlob();
  return new Uint8Array(await png.arrayBuffer());
}

/** Whether any canvas can be seen. */
export function hasPicture(panel: Element): boolean {
  return [...panel.querySelectorAll('canvas')].some(canvas => canvas.checkVisibility());
}

/** Texts that say how to use the panel, or what is under the pointer. */
function describing(panel: HTMLElement): readonly (Element | null)[] {
  return [...panel.querySelectorAll('[aria-describedby]')].map(described =>
    document.getElementById(described.getAttribute('aria-describedby') ?? ''),
  );
}

function copyOf(original: HTMLElement, without: ReadonlySet<Element | null>): HTMLElement {
  const copy = document.createElement(original instanceof HTMLCanvasElement ? 'img' : original.localName);
  if (original instanceof HTMLCanvasElement) copy.setAttribute('src', original.toDataURL());
  // Styles with lengths as specified, not as laid out, so that what is left out leaves no gap.
  for (const [name, values] of original.computedStyleMap())
    if (!name.startsWith('--')) copy.style.setProperty(name, [...values].join(', '));
  for (const node of original.childNodes) {
    if (node instanceof Text) copy.append(node.cloneNode());
    else if (node instanceof HTMLElement && node.checkVisibility() && !node.matches(leftOut) && !without.has(node))
      copy.append(copyOf(node, without));
  }
  return copy;
}

function heightOf(copy: HTMLElement, width: number): number {
  copy.style.width = `${width}px`;
  copy.style.position = 'absolute';
  document.body.append(copy);
  const { height } = copy.getBoundingClientRect();
  copy.remove();
  copy.style.position = 'static';
  return Math.ceil(height);
}

function svgOf(copy: HTMLElement, width: number, height: number): string {
  const markup = new XMLSerializer().serializeToString(copy);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${markup}</foreignObject></svg>`;
}
