import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { Ended, failed, reasonIn } from './deed.ts';

/** All that is needed to reach a database; nothing is taken from the environment of the bot. */
export type SqlServer = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: () => string;
  readonly ssl: false | ConnectionOptions;
};

const PORT = 5432;
const NO_URL =
  "The URL of the database can't be read, so nothing was done: it has to look like postgres://user:password@host:5432/name, and special characters of its password are written as %XX.";
const NO_MODE =
  'The sslmode in the URL of the database is none that Rollbot knows, so nothing was done: write disable, require, verify-ca or verify-full.';

/** Reads the URL of a database. What is wrong with it ends the step, in a sentence that does not repeat it. */
export async function readServer(text: string): Promise<SqlServer> {
  const url = URL.parse(text);
  const decoded = url && /^postgres(?:ql)?:$/.test(url.protocol) ? decode(url) : null;
  if (!url || !decoded || decoded.host === '' || decoded.user === '') throw new Ended(failed(NO_URL));
  const { host, user, password, name } = decoded;
  const ssl = await tlsOf(url.searchParams.get('sslmode') ?? 'disable', url.searchParams.get('sslrootcert'));
  return { host, port: Number(url.port || PORT), user, database: name || user, password: () => password, ssl };
}

type Decoded = { readonly host: string; readonly user: string; readonly password: string; readonly name: string };

function decode({ hostname, searchParams, username, password, pathname }: URL): Decoded | null {
  try {
    const [host = '', user = '', word = '', name = ''] = [hostname, username, password, pathname.slice(1)].map(decodeURIComponent);
    return { host: searchParams.get('host') ?? host.replace(/^\[(.*)\]$/, '$1'), user, password: word, name };
  } catch {
    return null;
  }
}

/** What libpq means by these words: `require` encrypts for whoever answers, `verify-ca` and `verify-full` look who that is. */
async function tlsOf(mode: string, rootFile: string | null): Promise<SqlServer['ssl']> {
  const ca = rootFile === null ? {} : { ca: await readRoot(rootFile) };
  const anyName = { checkServerIdentity: () => undefined };
  switch (mode) {
    case 'disable':
      return false;
    case 'require':
      return rootFile === null ? { rejectUnauthorized: false } : { ...ca, ...anyName, rejectUnauthorized: true };
    case 'verify-ca':
      return { ...ca, ...anyName, rejectUnauthorized: true };
    case 'verify-full':
      return { ...ca, rejectUnauthorized: true };
    default:
      throw new Ended(failed(NO_MODE));
  }
}

async function readRoot(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Ended(failed(`The file of sslrootcert can't be read, so nothing was done: ${reasonIn(error)}.`));
  }
}
