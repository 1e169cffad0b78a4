import { restoreOptions } from './pg-restore.ts';
import type { Rule } from './rule.ts';

/** `pg_restore --clean` drops first and reads the dump afterwards. */
export const restoreClean: Rule = {
  id: 'restore-clean',
  about: 'pg_restore --clean, which drops before it restores',
  why: `"pg_restore --clean" drops every object that the dump knows and makes it again. It ends with status 0, and all rows that were written since the dump are gone, while tables that were created since are still there: a schema that no version of the code has ever seen. With a dump that was cut short, and without --single-transaction, it leaves every table empty. It waits for the locks of the running application, too.

Restore into a new database, validate it, and switch. Read the whole dump before: "pg_restore -f /dev/null <dump>" fails on a dump that was cut, which "pg_restore -l" does not.`,
  bad: `steps:
  - id: restore
    title: Bring the orders back
    run: [pg_restore, --clean, --single-transaction, --dbname, shop, /backups/shop-20240611T0300.dump]
    effect: idempotent
    undo: { none: rows written since are gone }
`,
  good: `preflight:
  - title: The dump can be read to its end
    run: [pg_restore, --file, /dev/null, /backups/shop-20240611T0300.dump]
steps:
  - id: make
    title: Make a new database
    run: [createdb, shop_restored]
    effect: idempotent
    undo: { run: [dropdb, shop_restored], effect: idempotent }
  - id: restore
    title: Bring the orders back into it
    run: [pg_restore, --single-transaction, --exit-on-error, --dbname, shop_restored, /backups/shop-20240611T0300.dump]
    effect: idempotent
    undo: { none: nothing uses the new database yet }
`,
  find: ({ shell }) =>
    shell.calls
      .filter((call) => restoreOptions(call)?.has('c', 'clean'))
      .map(({ at }) => ({
        says: 'Found pg_restore --clean, which drops what was written since the dump; expected a restore into a new database, which is switched to when it is right.',
        at,
      })),
};
