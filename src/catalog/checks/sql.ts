import { sayList } from '../../core/procedure/nearest.ts';
import { sqlMistake, sqlNumbers } from '../../core/procedure/sql-text.ts';
import type { SqlAction } from '../../core/procedure/action.ts';
import type { Finding, Path } from '../finding.ts';
import { actionsOf } from './actions-of.ts';
import type { Subject } from './subject.ts';

/** A query is one statement inside Rollbot's own transaction, each of its values is used and there, and its rows can be as many as they should. */
export function sql(subject: Subject): readonly Finding[] {
  return actionsOf(subject).flatMap(({ action, path }) => (action.kind === 'sql' ? mistakesOf(action, [...path, 'sql']) : []));
}

function mistakesOf({ query, values, rows }: SqlAction<string>, path: Path): readonly Finding[] {
  const mistake = sqlMistake(query);
  const findings: Finding[] = mistake ? [{ path, says: `${mistake}; expected one statement that reads or changes something.` }] : [];
  const numbers = sqlNumbers(query);
  const missing = numbers.filter((number) => number > values.length);
  const unused = values.flatMap((_, index) => (numbers.includes(index + 1) ? [] : [index]));
  if (missing.length > 0) {
    const found = sayList(missing.map(sayNumber), 'and');
    findings.push({ path, says: `Found ${found} in the query and ${sayCount(values.length)}; expected one in "values" for each number.` });
  }
  for (const index of unused) {
    findings.push({ path: [...path, 'values', index], says: `The query has no ${sayNumber(index + 1)}; expected every value to be used.` });
  }
  if (rows?.atLeast !== undefined && rows.atMost !== undefined && rows.atLeast > rows.atMost)
    findings.push({ path: [...path, 'rows'], says: 'No number of rows is both; expected "at-most" to be no less than "at-least".' });
  return findings;
}

function sayNumber(number: number): string {
  return `$${number}`;
}

function sayCount(count: number): string {
  return count === 1 ? '1 value' : `${count === 0 ? 'no' : count} values`;
}
