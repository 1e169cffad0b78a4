import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { ownerOf, tellDatabase } from '../../src/demo/sandbox/database/owner.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import type { Walked } from './walk.ts';

const run = promisify(execFile);
const BACKUP_JOB = 'src/demo/sandbox/platform/database/scripts/backup-database.sh';

/** What tests do to a sandbox that has a database, beside its procedures. */
export function handDatabase(sandbox: Sandbox) {
  const backups = sandbox.vars['backups_dir'] ?? '';
  const role = (name: string, password: string) => ({ ...sandbox.vars, database_admin: name, database_admin_password: password });
  return {
    /** As the owner; answers what psql prints. */
    sql: async (text: string, database?: string) => await tellDatabase(sandbox, text, database),
    /** As the application, which may be refused. */
    async asApp(text: string): Promise<string> {
      const vars = role(sandbox.vars['database_app'] ?? '', '');
      const access = { vars, secrets: { database_admin_password: sandbox.secrets['database_app_password'] ?? '' } };
      return await tellDatabase(access, text).catch((error: Error) => error.message);
    },
    /** A session of the owner that stays open. */
    async connect(database: string): Promise<Client> {
      const { PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password } = ownerOf(sandbox);
      const client = new Client({ host, port: Number(port), user, password, database });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    /** A fresh backup by the shop's own job; its name. */
    async backUp(): Promise<string> {
      const { stdout } = await run('bash', [BACKUP_JOB, backups], { env: { ...process.env, ...ownerOf(sandbox) } });
      return stdout.trim();
    },
    /** Runs a program of PostgreSQL as the owner, as somebody would by hand, and answers its exit status. */
    async byHand(program: string, ...args: readonly string[]): Promise<number> {
      const env = { ...process.env, ...ownerOf(sandbox) };
      return await run(program, args, { env, cwd: backups }).then(
        () => 0,
        (error: { code?: number }) => error.code ?? -1,
      );
    },
    /** The repository's own tool for migrations, by hand; its exit status. */
    async migrate(...args: readonly string[]): Promise<number> {
      const env = { ...sandbox.env, ...ownerOf(sandbox) };
      return await run('deno', ['run', '--allow-all', 'src/db/migrate.ts', ...args], { env, cwd: sandbox.repo }).then(
        () => 0,
        (error: { code?: number }) => error.code ?? -1,
      );
    },
    pathOf: (file: string) => join(backups, file),
    /** Changes what is written down about a backup. */
    async rewrite(file: string, change: object): Promise<void> {
      const manifest = join(backups, `${file}.json`);
      const told = JSON.parse(await readFile(manifest, 'utf8')) as object;
      await writeFile(manifest, JSON.stringify({ ...told, ...change }));
    },
    /** Cuts a backup to a share of its bytes. */
    async cut(file: string, share: number): Promise<Buffer> {
      const whole = await readFile(join(backups, file));
      const part = whole.subarray(0, Math.floor(whole.length * share));
      await writeFile(join(backups, file), part);
      return part;
    },
  };
}

export const statuses = (walked: readonly Walked[]) => Object.fromEntries(walked.map(({ id, status }) => [id, status]));
export const wrong = (walked: readonly Walked[]) => walked.filter(({ status }) => status !== 'ok' && status !== 'already-done');
