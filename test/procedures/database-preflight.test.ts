import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../../src/demo/sandbox/postgres.ts';
import type { PostgresServer } from '../../src/demo/sandbox/postgres.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { PATIENCE_MS, freshSandbox } from '../demo/sandbox/sandboxes.ts';
import { handDatabase } from './database-world.ts';
import { createWalk } from './walk.ts';

// What a restore finds out about the live database before anybody is kept from writing; on a server whose superuser is at hand.

let sandbox: Sandbox;
let server: PostgresServer;
let boss: Client;
beforeAll(async () => {
  [sandbox, server] = await Promise.all([
    freshSandbox({ scenario: 'database-restore' }),
    startPostgres({ hostPath: process.env['PATH'] ?? '', settings: ['wal_level=logical'] }),
  ]);
  boss = new Client({ connectionString: server.url });
  await boss.connect();
  await tell("create role shop_admin login createdb password 'secret'", 'grant pg_signal_backend to shop_admin', 'create role other');
}, PATIENCE_MS);
afterAll(async () => {
  await boss.end();
  await Promise.all([server.close(), sandbox.close()]);
}, PATIENCE_MS);
beforeEach(async () => await tell('drop database if exists shop with (force)', 'create database shop owner shop_admin'));

async function tell(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await boss.query(statement);
}

/** Another session of the superuser, in the live database. */
async function inside(): Promise<Client> {
  const url = new URL(server.url);
  url.pathname = '/shop';
  const client = new Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** What the preflight is told as the admin, or as the superuser. */
async function walk(params: Readonly<Record<string, string>>, { name = 'shop', superuser = false } = {}) {
  const { hostname, port, username, password } = new URL(server.url);
  const vars = { database: name, database_host: hostname, database_port: port, database_admin: superuser ? username : 'shop_admin' };
  const secrets = { ...sandbox.secrets, database_admin_password: superuser ? password : 'secret' };
  return await createWalk({ ...sandbox, secrets }, params, { run: 'r1', vars });
}

async function says(item: 'preflight.2' | 'preflight.11', name = 'shop'): Promise<string> {
  const walked = await (await walk({}, { name })).one(item);
  return walked.status === 'ok' ? 'ok' : walked.says;
}

/** The same of a backup of the database as it is now, which the superuser makes. */
async function saysOfBackup({ superuser = false } = {}): Promise<string> {
  const { hostname, port, username, password } = new URL(server.url);
  const access = { database_host: hostname, database_port: port, database_admin: username, database: 'shop' };
  const secrets = { ...sandbox.secrets, database_admin_password: password };
  const made = handDatabase({ ...sandbox, vars: { ...sandbox.vars, ...access }, secrets });
  const it = await walk({ backup: await made.backUp() }, { superuser });
  expect(await it.one('backup')).toMatchObject({ status: 'ok' });
  const walked = await it.one('preflight.12');
  return walked.status === 'ok' ? 'ok' : walked.says;
}

test('a database as it should be is let through', { timeout: PATIENCE_MS }, async () => {
  expect([await says('preflight.2'), await says('preflight.11')]).toEqual(['ok', 'ok']);
});

test.each([
  ['n'.repeat(53), 'longer than the 63 bytes'],
  ['shop=1', 'for an address'],
  ['postgres://shop', 'for an address'],
  ['postgres', 'the one that all this is done from'],
])('a name that none beside it could have: %s', { timeout: PATIENCE_MS }, async (name, why) => {
  expect(await says('preflight.2', name)).toContain(why);
});

test('a session of a superuser, which nobody could end', { timeout: PATIENCE_MS }, async () => {
  const session = await inside();
  expect(await says('preflight.2')).toContain('of the superuser postgres');
  await session.end();
});

test('a replication slot and a subscription', { timeout: PATIENCE_MS }, async () => {
  const session = await inside();
  await session.query("select pg_create_logical_replication_slot('cdc', 'pgoutput')");
  await session.query("create subscription feed connection 'dbname=nowhere' publication p with (connect = false)");
  await session.end();
  const found = await says('preflight.2');
  await tell("select pg_drop_replication_slot('cdc')");
  const left = await says('preflight.2');
  const again = await inside();
  for (const each of ['alter subscription feed set (slot_name = none)', 'drop subscription feed']) await again.query(each);
  await again.end();
  expect(found).toContain('exit status 1');
  expect(left).toContain('Subscription feed writes into it');
  expect(await says('preflight.2')).toBe('ok');
});

test.each([
  ['create table notes (id int); alter table notes owner to other', 'other has some of what is in it'],
  ['alter default privileges for role other grant select on tables to shop_admin', 'other has default rights in it'],
  ["alter database shop set log_statement = 'all'", 'The setting log_statement can be given'],
  ["alter role other in database shop set statement_timeout = '1min'", 'What is set for other in this database'],
])('what the new database could not be given: %s', { timeout: PATIENCE_MS }, async (statements, why) => {
  const session = await inside();
  await session.query(statements);
  await session.end();
  expect(await says('preflight.11')).toContain(why);
});

test('the same is fine where the role may', { timeout: PATIENCE_MS }, async () => {
  const session = await inside();
  await session.query(
    "alter role shop_admin in database shop set statement_timeout = '1min'; alter database shop set log_statement = 'all'",
  );
  await session.query('create table notes (id int); alter table notes owner to other');
  await session.end();
  await tell('grant other to shop_admin', 'grant set on parameter log_statement to shop_admin');
  expect(await says('preflight.11')).toBe('ok');
  await tell('revoke other from shop_admin', 'revoke set on parameter log_statement from shop_admin');
});

test('an extension that everybody may create, and one that is not in the backup', { timeout: PATIENCE_MS }, async () => {
  const session = await inside();
  await session.query('create extension hstore');
  await session.query('create table notes (id serial, says hstore)');
  await session.end();
  expect(await saysOfBackup()).toBe('ok');
});

/** What spatial_ref_sys of PostGIS is to a dump: something that its extension makes, and users put rows into. */
function ofAnExtension(kind: string, name: string): string {
  const configured = `update pg_extension set extconfig = array['${name}'::regclass]::oid[], extcondition = array[''] where extname = 'hstore'`;
  return `create extension hstore; alter extension hstore add ${kind} ${name}; ${configured}`;
}
const TABLE = `create table systems (says text); insert into systems values ('ours'); ${ofAnExtension('table', 'systems')}`;
const SEQUENCE = `create sequence numbers; ${ofAnExtension('sequence', 'numbers')}`;

test.each([
  ['create extension pg_stat_statements', 'Extension pg_stat_statements of the backup can be created only by a superuser', 'ok'],
  [TABLE, 'rows for a table of an extension, which only a superuser can put there: "public systems postgres"', 'ok'],
  [SEQUENCE, '"public numbers postgres"', 'ok'],
  [
    "create extension hstore; update pg_extension set extname = 'gone' where extname = 'hstore'",
    'Extension gone of the backup is not installed on this server',
    'Extension gone of the backup is not installed on this server',
  ],
])('what of the backup could not be created: %s', { timeout: PATIENCE_MS }, async (statements, why, toSuperuser) => {
  const session = await inside();
  await session.query(statements);
  await session.end();
  expect(await saysOfBackup()).toContain(why);
  expect(await saysOfBackup({ superuser: true })).toContain(toSuperuser);
});
