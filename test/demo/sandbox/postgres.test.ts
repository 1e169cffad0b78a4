import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startPostgres } from '../../../src/demo/sandbox/postgres.ts';
import { findPostgres } from '../../../src/demo/sandbox/postgres-programs.ts';
import { PATH, until } from '../../steps/stage.ts';

/** What a database answers; throws where there is none. */
async function ask(url: string, query: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<{ it: unknown }>(query)).rows[0]?.it;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Where a server keeps its data, which only its superuser is told. */
const folderOf = async (url: string): Promise<string> => String(await ask(url, "select current_setting('data_directory') as it"));
const exists = (folder: string): boolean => readdirSync(tmpdir()).some((name) => folder.startsWith(`${join(tmpdir(), name)}/`));

test('a server has databases of its own, closed to whoever has no password, and nothing of it is left', async () => {
  const server = await startPostgres({ hostPath: PATH });
  const [shop, other] = [await server.createDatabase('shop'), await server.createDatabase('the "other"')];
  await ask(shop, 'create table orders (id int)');
  expect(await ask(shop, "select to_regclass('orders')::text as it")).toBe('orders');
  expect(await ask(other, "select to_regclass('orders') as it")).toBeNull();
  await expect(ask(Object.assign(new URL(shop), { password: 'guessed' }).href, 'select 1')).rejects.toThrow('password');
  const folder = await folderOf(shop);
  expect(exists(folder)).toBe(true);
  await server.close();
  expect(exists(folder)).toBe(false);
  await expect(ask(shop, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

test('a server does not outlive whoever started it, however that ends', async () => {
  const program = join(import.meta.dirname, 'fixtures/abandoned-postgres.ts');
  const owner = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH } });
  const [said] = (await once(owner.stdout, 'data')) as [Buffer];
  const url = said.toString().trim();
  const folder = await folderOf(url);
  owner.kill('SIGKILL');
  await until(() => !exists(folder));
  await expect(ask(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

test('the programs are found where Debian keeps them, and not where there are none', async () => {
  expect(await findPostgres('/nowhere', '/nowhere')).toBeNull();
  expect(await findPostgres('/nowhere')).toMatchObject({ initdb: expect.stringMatching(/^\/usr\/lib\/postgresql\/\d+\/bin\/initdb$/) });
});
