import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { startDatabase } from './postgres-server.ts';
import type { TestDatabase } from './postgres-server.ts';
import { createStage } from './stage.ts';
import type { Stage } from './stage.ts';

const ENCRYPTED = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';

let stage: Stage;
let db: TestDatabase;
let certificate: Certificate;
beforeAll(async () => {
  certificate = makeCertificate('shop.internal');
  const settings = ['ssl=on', `ssl_cert_file=${certificate.certificate}`, `ssl_key_file=${certificate.key}`];
  [stage, db] = await Promise.all([createStage(), startDatabase(settings)]);
});
afterAll(async () => {
  await db.close();
  certificate.remove();
  await stage.close();
});

test.each<[mode: string, outcome: object]>([
  ['', { status: 'ok', observed: false }],
  ['?sslmode=disable', { status: 'ok', observed: false }],
  ['?sslmode=require', { status: 'ok', observed: true }],
  ['?sslmode=require&sslrootcert=ROOT', { status: 'ok', observed: true }],
  ['?sslmode=verify-ca&sslrootcert=ROOT', { status: 'ok', observed: true }],
  ['?sslmode=verify-ca', { status: 'failed', says: expect.stringContaining('self-signed certificate') }],
  ['?sslmode=verify-full', { status: 'failed', says: expect.stringContaining('self-signed certificate') }],
  ['?sslmode=verify-full&sslrootcert=ROOT', { status: 'failed', says: expect.stringContaining("does not match certificate's altnames") }],
])('%s', async (mode, outcome) => {
  const url = db.url + mode.replace('ROOT', encodeURIComponent(certificate.certificate));
  const action = { kind: 'sql', url, query: ENCRYPTED, values: [], lockTimeoutMs: 1000 } as const;
  expect((await stage.perform(action, { effect: 'read' })).answer).toMatchObject(outcome);
});
