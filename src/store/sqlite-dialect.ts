import type Database from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { StoreFailed } from './errors.ts';

export type Explain = (error: unknown) => unknown;

/**
 * Kysely on better-sqlite3, with three differences from its own dialect: a transaction that writes takes the write lock
 * at its beginning (else it can lose it half-way), migrations are transactions too, and errors go through `explain`.
 */
export function sqliteDialect(raw: Database.Database, explain: Explain): Dialect {
  return {
    createDriver: () => driverOf(raw, connectionOf(raw, explain)),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function driverOf(raw: Database.Database, connection: DatabaseConnection): Driver {
  const run = async (sql: string) => await connection.executeQuery(CompiledQuery.raw(sql)).then(() => undefined);
  return {
    init: async () => await Promise.resolve(),
    acquireConnection: async () => await Promise.resolve(connection),
    beginTransaction: async (_, { accessMode }) => await run(accessMode === 'read only' ? 'begin' : 'begin immediate'),
    commitTransaction: async () => await run('commit'),
    // After some errors, a full disk for one, SQLite has rolled back by itself.
    rollbackTransaction: async () => await (raw.inTransaction ? run('rollback') : Promise.resolve()),
    releaseConnection: async () => await Promise.resolve(),
    destroy: async () => await Promise.resolve(),
  };
}

function connectionOf(raw: Database.Database, explain: Explain): DatabaseConnection {
  return {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      if (!raw.open)
        throw new StoreFailed('closed', `The journal ${raw.name} is closed, because Rollbot is stopping: ask again when it has started.`);
      try {
        return await Promise.resolve(execute<Row>(raw, sql, parameters));
      } catch (error) {
        throw explain(error);
      }
    },
    streamQuery() {
      throw new StoreFailed('misused', 'The store reads no results piece by piece.');
    },
  };
}

function execute<Row>(raw: Database.Database, sql: string, parameters: readonly unknown[]): QueryResult<Row> {
  const statement = raw.prepare<unknown[], Row>(sql);
  if (statement.reader) return { rows: statement.all(...parameters) };
  const { changes, lastInsertRowid } = statement.run(...parameters);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}
