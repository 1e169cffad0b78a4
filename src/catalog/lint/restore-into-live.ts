import { restoreOptions } from './pg-restore.ts';
import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** A dump that is restored over a database that is in use gives neither the old nor the new data. */
export const restoreIntoLive: Rule = {
  id: 'restore-into-live',
  about: 'a dump that is restored into a database that this procedure has not created',
  why: `"pg_restore -d live" into a database with tables ends with status 1 and "errors ignored on restore": tables with a primary key stay as they are, and those without one hold every row twice. So the damage is still there, and there is more of it.

Restore into a new database: createdb, pg_restore --single-transaction --exit-on-error, count and compare, then switch the connection string or rename. The old database stays, renamed, and is the undo. The name of the new database has to be the same text in createdb and in pg_restore.`,
  bad: `steps:
  - id: restore
    title: Bring the orders back
    run: [pg_restore, --exit-on-error, --dbname, shop, /backups/shop-20240611T0300.dump]
    effect: idempotent
    undo: { none: the database is a mixture afterwards }
`,
  good: `steps:
  - id: restore
    title: Bring the orders back into a new database
    shell: |
      createdb shop_restored
      pg_restore --single-transaction --exit-on-error --dbname shop_restored /backups/shop-20240611T0300.dump
    effect: guarded
    check: { run: [psql, --dbname, shop_restored, --command, select 1 from orders limit 1] }
    undo: { run: [dropdb, shop_restored], effect: idempotent }
`,
  find: ({ shell }, { calls }) =>
    shell.calls.flatMap((call) => {
      const options = restoreOptions(call);
      if (!options || options.has('c', 'clean') || options.has('C', 'create')) return [];
      const [database = ''] = options.values('d', 'dbname');
      if (calls.some((other) => creates(other, database))) return [];
      const says = `Found pg_restore into ${database}, which this procedure has not created; expected a new database, made by createdb of the same name.`;
      return [{ says, at: call.at }];
    }),
};

function creates({ name, args, stdin }: Call, database: string): boolean {
  if (name === 'createdb') {
    const { operands } = readOptions(args, {
      letters: 'DEhlOpTU',
      names: ['encoding', 'host', 'locale', 'owner', 'port', 'template', 'username'],
    });
    const created = operands[0]?.text;
    return created !== undefined && (created === database || database.endsWith(`/${created}`));
  }
  const said = [...args.map(({ text }) => text), stdin.text ?? ''].join('\n');
  const created = /create\s+database\s+"?([^\s";]+)/i.exec(said)?.[1];
  return name === 'psql' && created !== undefined && (created === database || database.endsWith(`/${created}`));
}
