import { Changes } from './changes';
import type { Display } from './display';
import type { Theme } from './theme';

/** What a picture is drawn with, besides its data. */
export interface Sheet {
  readonly theme: Theme;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** Of the room for the picture, in CSS pixels; 0 until it is laid out. */
  readonly width: number;
}

/**
 * Anything that is drawn from data: it is painted again when a value of its data, the theme, its width or the resolution
 * of the screen has changed, and only then. Values are compared by identity, so a changed array must be a new one.
 */
export class Figure<Data extends object> {
  /** Of its room, in CSS pixels. */
  width = 0;
  private readonly changed = new Changes();
  private readonly resized: ResizeObserver | undefined;

  /** @param room the element that the picture is as wide as; a picture of a fixed size has none */
  constructor(
    private readonly display: Display,
    private readonly paint: (sheet: Sheet, data: Data) => void,
    room?: HTMLElement,
  ) {
    if (!room) return;
    // The observer runs after layout, where reading the width is free.
    this.resized = new ResizeObserver(() => {
      if (room.clientWidth === this.width) return;
      this.width = room.clientWidth;
      display.redraw();
    });
    this.resized.observe(room);
  }

  /** Called every frame. */
  draw(data: Data): void {
    const { theme, pixelRatio } = this.display;
    const { width } = this;
    const values: unknown[] = Object.values(data);
    if (this.changed.of(theme, pixelRatio, width, ...values)) this.paint({ theme, pixelRatio, width }, data);
  }

  dispose(): void {
    this.resized?.disconnect();
  }
}
