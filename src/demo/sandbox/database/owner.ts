import { execa } from 'execa';
import type { Extras } from '../scenario.ts';

/** Sends SQL to the shop's database as its owner, all of it in one transaction, and answers what psql prints. */
export async function tellDatabase(access: Access, text: string, database?: string): Promise<string> {
  const args = ['-XqAt', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '--file', '-'];
  const { stdout } = await execa('psql', args, { env: ownerOf(access, database), input: text });
  return stdout;
}

type Access = Pick<Extras, 'vars' | 'secrets'>;

/** The environment in which a program of PostgreSQL is the owner of the database. */
export function ownerOf({ vars = {}, secrets = {} }: Access, database = vars['database']): Readonly<Record<string, string>> {
  const [host = '', port = '', user = '', password = ''] = [
    vars['database_host'],
    vars['database_port'],
    vars['database_admin'],
    secrets['database_admin_password'],
  ];
  return { PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: database ?? '' };
}
