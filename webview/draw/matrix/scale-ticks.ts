import { evenTicks } from '../ticks';

/** A value along the scale, and its place from 0 to 1. */
export interface ScaleTick {
  readonly at: number;
  readonly text: string;
}

/** For colors that follow the square root of values from 0 to the largest. */
export function squareRootTicks(largest: number, format: (value: number) => string): ScaleTick[] {
  const round = (value: number): number => Number(value.toPrecision(1));
  const values = [0, round(0.04 * largest), round(0.25 * largest), largest];
  return values.map((value, i) => ({
    at: largest > 0 ? Math.sqrt(value / largest) : i / (values.length - 1),
    text: format(value),
  }));
}

/** For colors that follow the value itself. */
export function linearTicks(least: number, largest: number): ScaleTick[] {
  return evenTicks(least, largest).map(value => ({
    at: (value - least) / (largest - least),
    text: String(Number(value.toPrecision(3))).replace('-', '−'),
  }));
}
