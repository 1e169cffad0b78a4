import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** The newest backup may be the one that is still being written. */
export const latestDump: Rule = {
  id: 'latest-dump',
  about: 'a backup that is chosen because it is the newest',
  why: `"latest.dump" is a link to whatever was made last: a dump that is still being written, one that failed, or one that was taken after the damage. Between the approval and the step it may become another file. "ls -t | head -1" is the same thing.

Name the backup: a parameter with its full name, which whoever approves can see. A name that is never used again, with the time in it and a checksum beside it, says what it is; check its age and its sum in preflight.`,
  bad: `steps:
  - id: unpack
    title: Unpack the backup
    run: [gunzip, --keep, /backups/latest.dump.gz]
    effect: idempotent
    undo: { none: a file beside the backup does no harm }
`,
  good: `params:
  backup: { about: 'The backup, such as /backups/shop-20240611T0300.dump.gz', pattern: '/backups/shop-\\d{8}T\\d{4}\\.dump\\.gz' }
preflight:
  - title: The backup is the one that was written down
    shell: { env: { BACKUP: '\${params.backup}' }, script: 'sha256sum --check -- "$BACKUP.sha256"' }
steps:
  - id: unpack
    title: Unpack the backup
    run: [gunzip, --keep, '\${params.backup}']
    effect: idempotent
    undo: { none: a file beside the backup does no harm }
`,
  find: ({ shell }) =>
    shell.calls.filter(takesNewest).map((call) => ({
      says: `Found "${sayCall(call)}", which takes the newest backup, whatever it is; expected its full name, from a parameter.`,
      at: call.at,
    })),
};

const SPEAKS = ['echo', 'printf', 'grep', 'logger', 'ln', 'rm'];
const LATEST = /(?:^|[/_.-])(?:latest|newest|current)(?:[/_.-]|$)/i;
const BACKUP = /dump|backup|snapshot|\.(?:sql|bak|rdb)\b/i;

function takesNewest({ name, args, stdin, feeders }: Call): boolean {
  if (name === 'head' || name === 'tail') return feeders.some(listsByTime);
  if (SPEAKS.includes(name)) return false;
  return [...args.map(({ text }) => text), stdin.file ?? ''].some((text) => LATEST.test(text) && BACKUP.test(text));
}

function listsByTime({ name, args }: Call): boolean {
  return name === 'ls' && readOptions(args).has('t') && args.some(({ text }) => BACKUP.test(text));
}
