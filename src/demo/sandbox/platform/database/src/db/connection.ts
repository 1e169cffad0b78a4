import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Sends SQL with psql, all of it in one transaction or nothing, and answers the rows that it prints, column by column. */
export function sql(text: string): readonly (readonly string[])[] {
  const args = ['-XqAt', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '--field-separator', SEPARATOR, '--file', '-'];
  const { status, stdout, stderr, error } = spawnSync('psql', args, { input: text, encoding: 'utf8', env: environment() });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr.trim());
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(SEPARATOR));
}

const SEPARATOR = '\u001F';

/** A text as it may stand in SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** psql would show a password among its arguments to everybody on the machine, so it is told in its environment. */
function environment(): NodeJS.ProcessEnv {
  const { DATABASE_URL, ...env } = process.env;
  if (DATABASE_URL === undefined) return env;
  const { hostname, port, username, password, pathname } = new URL(DATABASE_URL);
  return {
    ...env,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
}
