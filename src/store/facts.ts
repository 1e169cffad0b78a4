import type { Json } from '../core/digest.ts';
import type { Store } from '../core/ports.ts';
import type { Db } from './tables.ts';

/** Small facts of an installation, by name. */
export function factsOf(db: Db): Pick<Store, 'getFact' | 'setFact'> {
  return {
    async getFact(name) {
      const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst();
      const value: Json = row ? JSON.parse(row.value) : null;
      return value;
    },
    async setFact(name, fact) {
      const value = JSON.stringify(fact);
      await db
        .insertInto('facts')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
