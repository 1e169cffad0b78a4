import { psqlMistake } from '../../procedure/sql-text.ts';
import type { SqlAction } from '../../procedure/action.ts';
import { endOf } from '../here-document.ts';
import { Inexpressible, wordOf } from '../word.ts';

/** One statement in a transaction, by psql. */
export function sqlLines({ url, query, values, rows, lockTimeoutMs }: SqlAction<string>): readonly string[] {
  const mistake = psqlMistake(query);
  if (mistake !== undefined) throw new Inexpressible(mistake);
  const bounds = [rows?.atLeast, rows?.atMost].map((bound) => (bound === undefined ? "''" : String(bound)));
  const call = ['sql', wordOf(url), ...bounds, lockTimeoutMs / 1000, ...values.map((value) => wordOf(value))].join(' ');
  const statement = query.trim().replace(/;$/, '');
  const end = endOf(statement, 'SQL');
  return [`${call} <<'${end}'\n${statement}\n${end}`];
}
