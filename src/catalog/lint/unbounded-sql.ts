import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** A DELETE without a WHERE takes every row. */
export const unboundedSql: Rule = {
  id: 'unbounded-sql',
  about: 'SQL that hits every row, or drops a table or database',
  why: `DELETE and UPDATE without WHERE hit every row; TRUNCATE and DROP take the table or database itself. A transaction does not help once it is committed, and the status is 0.

Name the rows, and count them: a "sql:" step with "rows: 12" or "rows: { at-most: 20 }" is rolled back when it hits another number, and is accepted without WHERE, too. Instead of dropping a table or database, rename it, and drop it when the rollback is over. The rule reads SQL that stands in the procedure, in "sql:" and for psql, mysql and sqlite3; it does not see files.`,
  bad: `steps:
  - id: clear
    title: Remove the wrong discounts
    run: [psql, --dbname, shop, --command, delete from discounts]
    effect: idempotent
    undo: { none: the rows are in the audit table }
`,
  good: `steps:
  - id: clear
    title: Remove the wrong discounts
    run: [psql, --dbname, shop, --command, "delete from discounts where batch = 'summer-2024'"]
    effect: idempotent
    undo: { none: the rows are in the audit table }
`,
  find: ({ action, asks, shell }) => [
    ...(action.kind === 'sql' && !asks ? statementsOf(action.query).filter((text) => hitsAll(text, action.rows?.atMost)) : []).map(
      (text) => ({
        says: say(text),
      }),
    ),
    ...shell.calls.flatMap((call) =>
      sqlOf(call)
        .filter((text) => hitsAll(text))
        .map((text) => ({ says: say(text), at: call.at })),
    ),
  ],
};

const CLIENTS = ['psql', 'mysql', 'mariadb', 'sqlite3', 'cockroach'];

function sqlOf({ name, args, stdin }: Call): readonly string[] {
  if (!CLIENTS.includes(name)) return [];
  const { values, operands } = readOptions(args, { letters: 'cedhUpv', names: ['command', 'execute', 'dbname', 'host', 'username'] });
  const texts = [
    ...values('c', 'command', 'e', 'execute'),
    ...(name === 'sqlite3' ? operands.map(({ text }) => text) : []),
    stdin.text ?? '',
  ];
  return texts.flatMap(statementsOf);
}

function statementsOf(sql: string): readonly string[] {
  const bare = sql.replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, ' ');
  return bare.split(';').map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

function say(statement: string): string {
  return `Found "${statement.slice(0, 60)}", which takes away more than rows that are named; expected a WHERE, or a new name instead of DROP.`;
}

function hitsAll(statement: string, mostRows?: number): boolean {
  if (/^(?:truncate|drop (?:table|database|schema))\b/i.test(statement)) return true;
  return /\b(?:delete from|update \S+ set)\b/i.test(statement) && !/\bwhere\b/i.test(statement) && mostRows === undefined;
}
