import { Client } from 'pg';
import { startPostgres } from '../../src/demo/sandbox/postgres.ts';
import { PATH } from './stage.ts';

export type TestDatabase = {
  readonly url: string;
  /** A connection of the test's own. */
  readonly client: Client;
  close(): Promise<void>;
};

/** Starts a real PostgreSQL with a database of the test's own. */
export async function startDatabase(settings: readonly string[] = []): Promise<TestDatabase> {
  const server = await startPostgres({ hostPath: PATH, settings });
  const url = await server.createDatabase('shop');
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return {
    url,
    client,
    async close() {
      await client.end();
      await server.close();
    },
  };
}
