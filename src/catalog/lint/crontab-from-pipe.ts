import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** A crontab that is installed from a pipe is emptied when the reading fails. */
export const crontabFromPipe: Rule = {
  id: 'crontab-from-pipe',
  about: 'a crontab that is installed from a pipe, or removed',
  why: `In "crontab -l | grep -v job | crontab -" the right side runs whatever the left side does. When "crontab -l" fails, nothing comes through the pipe, and the crontab is replaced by an empty one: every job of that user is gone. pipefail only tells you afterwards, and it also fails where all is well, because grep answers 1 when no line is left. "crontab -r" does the same without a detour.

Read the table into a file, look at what would be left out, install the file, and keep the old one for the undo. The step stop-warming of procedures/cache.yml does this, line by line.`,
  bad: `steps:
  - id: stop-jobs
    title: Remove the warming job
    shell: crontab -l | grep -v cache-warming | crontab -
    effect: idempotent
    undo: { none: the job is put back by hand }
`,
  good: `steps:
  - id: stop-jobs
    title: Remove the warming job
    shell: |
      cd /var/lib/jobs
      crontab -l >before
      awk '!/cache-warming/' before >after
      crontab after
    effect: idempotent
    undo: { run: [crontab, /var/lib/jobs/before], effect: idempotent }
`,
  find: ({ shell }) =>
    shell.calls.filter(installsUnseen).map((call) => ({
      says: `Found "${sayCall(call)}", which may leave an empty crontab; expected a file that is read, compared and then installed.`,
      at: call.at,
    })),
};

function installsUnseen({ name, args, stdin }: Call): boolean {
  if (name !== 'crontab') return false;
  const { has, operands } = readOptions(args, { letters: 'u' });
  if (has('r')) return true;
  if (has('l', 'e')) return false;
  const [file] = operands;
  if (file && file.text !== '-') return /^(?:<\(|\/dev\/stdin$)/.test(file.text);
  return stdin.from === 'pipe' || (stdin.from === 'text' && (stdin.text ?? '').includes('$'));
}
