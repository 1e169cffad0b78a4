import { DatabaseError } from 'pg';
import { codeIn, reasonIn } from './deed.ts';

/**
 * What PostgreSQL says, with its SQLSTATE. Its details, and the quotations in what it says about unfit data, are left out: they
 * hold values of rows.
 */
export function sayError(error: unknown): string {
  const code = codeIn(error);
  const says = reasonIn(error).replace(/\.$/, '');
  if (!(error instanceof DatabaseError)) return code === undefined ? says : `${says} (${code})`;
  return `${code?.startsWith('22') ? says.replaceAll(/"[\s\S]*"/g, '"…"') : says} (${code ?? 'no code'})`;
}
