import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** ssh that may ask something waits for nobody. */
export const sshPrompt: Rule = {
  id: 'ssh-prompt',
  about: 'ssh, scp or sftp that may ask for a password or about a host key',
  why: `"ssh" asks on the terminal for a password, a passphrase, or whether an unknown host is the right one. There is nobody to answer: the step hangs until its timeout, and is unknown afterwards. A host that has vanished takes minutes to be given up.

Write "-o BatchMode=yes", which fails instead of asking, and "-o ConnectTimeout=10". Put the host's key into known_hosts beforehand; do not switch its check off.`,
  bad: `steps:
  - id: restart
    title: Restart the proxy
    run: [ssh, proxy.example, systemctl restart proxy]
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  good: `steps:
  - id: restart
    title: Restart the proxy
    run: [ssh, -o, BatchMode=yes, -o, ConnectTimeout=10, proxy.example, systemctl restart proxy]
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  find: ({ shell }) =>
    shell.calls.filter(asks).map(({ name, at }) => ({
      says: `Found ${name}, which may ask for a password or about a host, and nobody is there; expected "-o BatchMode=yes".`,
      at,
    })),
};

function asks({ name, args }: Call): boolean {
  if (!['ssh', 'scp', 'sftp'].includes(name)) return false;
  const { has, values } = readOptions(args, { letters: 'bcDEeFIiJLlmOopQRSWw' });
  return !has('V', 'Q', 'G') && !values('o').some((value) => /^BatchMode[= ]\s*yes$/i.test(value)) && !(name !== 'ssh' && has('B'));
}
