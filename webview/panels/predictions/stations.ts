import type { Walk, WalkPass } from '../../../src/shared/inspection';
import type { RunState } from '../../../src/shared/run-state';
import { contextAt } from '../parts/probe';
import { passPhrase } from './station-phrases';

/** One tensor of a forward pass, ready to be drawn. */
export interface Station {
  readonly name: string;
  readonly shape: readonly number[];
  /** How it was made, in a few words. */
  readonly says: string;
  readonly rows: readonly StationRow[];
  /** The colors end at this value, and at minus this value. */
  readonly limit: number;
}

export interface StationRow {
  /** The characters that it has seen, or the head that it belongs to. */
  readonly label: string;
  readonly values: Float32Array;
}

/** The stations of a walk in order, up to the logits. */
export function stationsOf(state: RunState, walk: Walk): Station[] {
  const { info, preset } = state;
  if (!info || !preset) return [];
  const context = contextAt(state, walk);
  return walk.passes.map((pass, i) => ({
    name: pass.name,
    shape: pass.shape,
    says: passPhrase(pass, preset.model, info, walk.passes[i - 1]),
    rows: rowsOf(pass, context),
    limit: limitOf(pass),
  }));
}

function rowsOf({ kind, shape, values }: WalkPass, context: readonly string[]): StationRow[] {
  if (kind === 'attention') return headRows(shape, values, context.length);
  if (shape.length === 1) return [{ label: '', values }];
  const [n = 0, width = 0] = shape;
  const seen = context.length / n; // characters that come together in a row
  return Array.from({ length: n }, (_, row) => ({
    label: context.slice(row * seen, (row + 1) * seen).join(''),
    values: values.subarray(row * width, (row + 1) * width),
  }));
}

/** (heads, T, T): how much the last character of a text of this length looks at each of them. */
function headRows([heads = 0, T = 0]: readonly number[], values: Float32Array, length: number): StationRow[] {
  return Array.from({ length: heads }, (_, head) => {
    const from = (head * T + length - 1) * T;
    return { label: `head ${head}`, values: values.subarray(from, from + length) };
  });
}

/** 1 where nothing can be larger, otherwise a round number that hardly changes while a net learns. */
function limitOf({ kind, values }: WalkPass): number {
  if (kind === 'tanh' || kind === 'attention') return 1;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(largest > 0 && Number.isFinite(largest))) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return Number((Math.ceil(largest / power) * power).toPrecision(3));
}

/** What two walks must have in common to be drawn with the same elements. */
export function formOf(stations: readonly Station[]): string {
  return JSON.stringify(stations.map(({ name, shape, rows }) => [name, shape, rows.map(({ label }) => label)]));
}

export const stationColumns = ['station', 'row', 'shape', 'values'] as const;

export function* stationRows(stations: readonly Station[]): Generator<string[]> {
  for (const { name, shape, rows } of stations)
    for (const { label, values } of rows) {
      const written = Array.from(values, value => value.toFixed(2).replace('-', '−')).join(' ');
      yield [name, label, `(${shape.join(', ')})`, written];
    }
}
