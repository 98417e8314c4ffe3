/** Messages are objects whose `type` says what else they carry. */
import { isFields, parseFields, type Parsed, type Parsers } from './fields';

/** A map of name to payload as a discriminated union. */
export type Messages<Payloads> = { [Name in keyof Payloads]: { readonly type: Name } & Payloads[Name] }[keyof Payloads];

/** One row per message: its name, with a parser for each field of its payload. */
export type MessageTable = Readonly<Record<string, Parsers>>;

/** The map of name to payload that a table stands for. */
export type PayloadsOf<Table extends MessageTable> = { readonly [Name in keyof Table]: Parsed<Table[Name]> };

/** The message with nothing but its own fields; undefined for anything that is not in the table. */
export function parseMessage<Table extends MessageTable>(
  table: Table,
  message: unknown,
): Messages<PayloadsOf<Table>> | undefined {
  if (!isFields(message)) return undefined;
  const { type } = message;
  if (typeof type !== 'string' || !Object.hasOwn(table, type)) return undefined;
  const payload = parseFields(message, table[type] ?? {});
  return payload && ({ type, ...payload } as Messages<PayloadsOf<Table>>); // parsed by the row that the type names
}
