import { Query } from 'pg';
import type { Client, ResultBuilder } from 'pg';
import type { Json } from '../core/digest.ts';
import type { SqlAction } from '../core/procedure/action.ts';
import { parseJson } from '../core/answer-json.ts';

export type SqlResult = {
  /** `SELECT`, `UPDATE`: what was done. */
  readonly command: string;
  /** How many rows were returned or changed; null where the command has none. */
  readonly count: number | null;
  readonly hasRows: boolean;
  readonly rows: readonly { readonly [column: string]: Json }[];
  /** Whether there were more rows than are kept. */
  readonly isCut: boolean;
};

const MOST_ROWS = 1000;
const MOST_CHARS = 1024 * 1024;
const AS_TEXT = { getTypeParser: () => (text: string) => text };
/** The numbers under which PostgreSQL knows its own types; these never change. */
const BOOL = 16;
const NUMBERS = new Set([20, 21, 23, 26, 700, 701, 1700]);
const JSONS = new Set([114, 3802]);
const SAFE_DIGITS = 15;

/**
 * Sends one statement by the extended protocol, which takes no second one along, and keeps a bounded part of its rows while
 * they come in.
 */
export async function readRows(client: Client, { query, values }: SqlAction<string>): Promise<SqlResult> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<ResultBuilder>();
  const kept: (readonly (string | null)[])[] = [];
  let chars = 0;
  let isCut = false;
  const order = { text: query, values: [...values], rowMode: 'array', queryMode: 'extended', types: AS_TEXT };
  const asked = new Query<(string | null)[]>(order);
  asked.on('row', (row: readonly (string | null)[]) => {
    chars += row.reduce((sum, each) => sum + (each?.length ?? 0), 0);
    isCut ||= kept.length === MOST_ROWS || chars > MOST_CHARS;
    if (!isCut) kept.push(row);
  });
  asked.on('end', resolve);
  asked.on('error', reject);
  client.query(asked);
  const { command, rowCount, fields } = await ended;
  const rows = kept.map((row) =>
    Object.fromEntries(fields.map(({ name, dataTypeID }, index) => [name, valueOf(row[index] ?? null, dataTypeID)])),
  );
  return { command: command ?? 'nothing', count: rowCount, hasRows: fields.length > 0, rows, isCut };
}

function valueOf(text: string | null, type: number): Json {
  if (text === null) return null;
  if (type === BOOL) return text === 't';
  if (NUMBERS.has(type)) return numberOf(text);
  return JSONS.has(type) ? (parseJson(text) ?? text) : text;
}

/** A number where JavaScript's numbers hold it exactly as it is written, else its text. */
function numberOf(text: string): number | string {
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text)) return text;
  const number = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(number) ? number : text;
  return text.replace(/e.*$/, '').replaceAll(/\D/g, '').replace(/^0+/, '').length <= SAFE_DIGITS ? number : text;
}
