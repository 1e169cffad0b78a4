import type { RowCount } from './action.ts';

/** Whether so many rows are as many as there should be. */
export function holdsRowCount({ atLeast = 0, atMost = Number.POSITIVE_INFINITY }: RowCount, count: number): boolean {
  return count >= atLeast && count <= atMost;
}

/** `exactly 1 row`, `at least 1 row`, `1 to 5 rows`: completes "it should change …". */
export function sayRowCount({ atLeast, atMost }: RowCount): string {
  if (atMost === undefined) return `at least ${sayRows(atLeast ?? 0)}`;
  if (atLeast === atMost) return `exactly ${sayRows(atMost)}`;
  return atLeast === undefined ? `at most ${sayRows(atMost)}` : `${atLeast.toLocaleString('en-US')} to ${sayRows(atMost)}`;
}

/** `1,234 rows`, `1 row`. */
export function sayRows(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'row' : 'rows'}`;
}
