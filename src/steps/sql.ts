import { canonicalJson } from '../core/digest.ts';
import type { SqlAction } from '../core/procedure/action.ts';
import { holdsRowCount, sayRowCount, sayRows } from '../core/procedure/row-count.ts';
import type { DeedContext } from './context.ts';
import { failed } from './deed.ts';
import type { Deed, Done } from './deed.ts';
import type { SqlResult } from './sql-rows.ts';
import { inTransaction } from './sql-transaction.ts';

/** Sends one statement. What only reads can't write; what writes is committed when the number of rows is right, and else rolled back. */
export async function sql(action: SqlAction<string>, context: DeedContext): Promise<Deed> {
  const reads = context.effect === 'read';
  return await inTransaction({ action, reads }, context, async (transaction) => {
    const result = await transaction.ask();
    const found = foundIn(result);
    context.output.say(sayFound(result));
    const { count } = result;
    if (action.rows && (count === null || !holdsRowCount(action.rows, count))) {
      const observed = found.value === undefined ? {} : { observed: found.value };
      return {
        ...failed(`${sayResult(result, reads)}, and it should be ${sayRowCount(action.rows)}${reads ? '' : ROLLED_BACK}.`),
        ...observed,
      };
    }
    if (reads) return { status: 'done', says: `${sayResult(result, reads)}.`, ...found };
    if (result.isCut) return failed(`${sayResult(result, true)}, which is too much to be kept${ROLLED_BACK}: let it return less.`);
    await transaction.commit();
    return { status: 'done', says: `${sayResult(result, true)}.`, ...found };
  });
}

const ROLLED_BACK = ', so it was rolled back and nothing was changed';

function sayResult({ command, count, hasRows }: SqlResult, isSure: boolean): string {
  if (count === null) return `Postgres did ${command}`;
  const verb = hasRows ? 'returned' : 'changed';
  return isSure ? `${command} ${verb} ${sayRows(count)}` : `${command} would have ${verb} ${sayRows(count)}`;
}

/** One value stands for itself, one row is an object, several are a list; where nothing is returned, it is how many rows were changed. */
function foundIn({ rows, count, hasRows, isCut }: SqlResult): Pick<Done, 'value' | 'json' | 'text' | 'unreadable'> {
  if (isCut) return { unreadable: 'These are more rows than can be kept.' };
  if (!hasRows) return count === null ? {} : { value: count, json: count, text: String(count) };
  const [row] = rows;
  if (rows.length !== 1 || !row) return { value: rows, json: rows, text: canonicalJson(rows) };
  const values = Object.values(row);
  const value = values.length === 1 ? (values[0] ?? null) : row;
  return { value, json: row, text: typeof value === 'string' ? value : canonicalJson(value) };
}

function sayFound({ command, rows, count, isCut }: SqlResult): string {
  const lines = rows.map((row) => canonicalJson(row));
  return [...lines, ...(isCut ? ['…'] : []), `${command}${count === null ? '' : ` ${count}`}`].join('\n');
}
