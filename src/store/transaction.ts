import type { Db } from './tables.ts';

/** Runs `work` on one unchanging view of the database, without keeping anybody from writing. */
export async function reading<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

/** Runs `work` as the only writer; what it throws undoes all of it. */
export async function writing<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return await db.transaction().execute(work);
}
