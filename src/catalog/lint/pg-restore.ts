import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';
import type { Options } from './shell/options.ts';

const TAKES = {
  letters: 'dfFhIjLnNPpStTU',
  names: [
    'dbname',
    'file',
    'format',
    'host',
    'index',
    'jobs',
    'use-list',
    'schema',
    'exclude-schema',
    'function',
    'port',
    'superuser',
    'table',
    'trigger',
    'username',
    'role',
    'section',
    'filter',
  ],
};

/** The options of a `pg_restore` that writes into a database; nothing for every other call. */
export function restoreOptions({ name, args }: Call): Options | undefined {
  if (name !== 'pg_restore') return undefined;
  const options = readOptions(args, TAKES);
  return options.has('d', 'dbname') ? options : undefined;
}
