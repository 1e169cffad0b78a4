import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** psql goes on after an error, and says that all went well. */
export const psqlWithoutStop: Rule = {
  id: 'psql-without-stop',
  about: 'psql that runs several statements and goes on after an error',
  why: `psql reads a file or its input to the end, whatever goes wrong on the way, and its exit status is 0 even when a statement in the middle has failed. Half of the repair is done, and the step is green. --single-transaction alone does not help: the transaction fails, and the status is still 0.

Say "-v ON_ERROR_STOP=1 --single-transaction": psql ends at the first error with status 3, and nothing of it stays. For one statement, a "sql:" step is better still: it binds values, and is rolled back unless as many rows are changed as should be.`,
  bad: `steps:
  - id: repair
    title: Repair the prices
    run: [psql, --single-transaction, --file, /srv/repairs/prices.sql]
    effect: idempotent
    undo: { none: the old prices are in the audit table }
`,
  good: `steps:
  - id: repair
    title: Repair the prices
    run: [psql, -v, ON_ERROR_STOP=1, --single-transaction, --file, /srv/repairs/prices.sql]
    effect: idempotent
    undo: { none: the old prices are in the audit table }
`,
  find: ({ shell }) =>
    shell.calls.filter(goesOn).map((call) => ({
      says: `Found "${sayCall(call)}", which goes on after an error and ends with status 0; expected "-v ON_ERROR_STOP=1 --single-transaction".`,
      at: call.at,
    })),
};

const TAKES = {
  letters: 'cdfFhLoPpRTUv',
  names: [
    'command',
    'dbname',
    'field-separator',
    'file',
    'host',
    'log-file',
    'output',
    'port',
    'pset',
    'record-separator',
    'set',
    'table-attr',
    'username',
    'variable',
  ],
};
const STOPS = /^ON_ERROR_STOP=(?:1|on|true|yes|t|y)$/i;

function goesOn({ name, args, stdin }: Call): boolean {
  if (name !== 'psql') return false;
  const { has, values } = readOptions(args, TAKES);
  if (values('v', 'set', 'variable').some((value) => STOPS.test(value)) || /\\set\s+ON_ERROR_STOP\s+(?:1|on|true)/i.test(stdin.text ?? ''))
    return false;
  if (has('f', 'file')) return true;
  const commands = values('c', 'command');
  return commands.length > 1 || (commands.length === 0 && !has('l', 'list', 'V', 'version') && stdin.from !== 'nowhere');
}
