import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';
import { firstOperand, readOptions } from './shell/options.ts';

/** sudo that may ask for a password waits for nobody. */
export const sudoPrompt: Rule = {
  id: 'sudo-prompt',
  about: 'sudo or su that may ask for a password',
  why: `A step has no terminal and nobody who types. "sudo" that wants a password waits for it until the step's timeout, or fails with a sentence that nobody expected, at three in the morning, because the rule in sudoers was for another user. "su" always asks.

Write "sudo --non-interactive", which fails at once, and try it in preflight: "run: [sudo, --non-interactive, --list, systemctl]". Allow in sudoers exactly the commands that the procedure needs.`,
  bad: `steps:
  - id: restart
    title: Restart the proxy
    run: [sudo, systemctl, restart, proxy]
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  good: `preflight:
  - title: The proxy may be restarted
    run: [sudo, --non-interactive, --list, systemctl, restart, proxy]
steps:
  - id: restart
    title: Restart the proxy
    run: [sudo, --non-interactive, systemctl, restart, proxy]
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  find: ({ shell }) =>
    shell.calls.filter(asks).map(({ name, at }) => ({
      says: `Found ${name}, which may ask for a password, and nobody is there to type it; expected "sudo --non-interactive".`,
      at,
    })),
};

const TAKES = { letters: 'ughpCrtTUDR', names: ['user', 'group', 'host', 'prompt', 'chdir'] };

function asks({ name, args }: Call): boolean {
  if (name === 'su') return true;
  if (name !== 'sudo' && name !== 'doas') return false;
  return !readOptions(args.slice(0, firstOperand(args, TAKES)), TAKES).has('n', 'non-interactive');
}
