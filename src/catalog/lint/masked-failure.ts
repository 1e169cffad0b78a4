import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';

const DECLARES = ['local', 'export', 'readonly', 'declare', 'typeset'];

/** `local x=$(…)` succeeds whatever the command inside says. */
export const maskedFailure: Rule = {
  id: 'masked-failure',
  about: 'local, export or readonly with the output of a command, which hides that it failed',
  why: `In "local version=$(curl …)" the status that counts is that of "local", which is always 0. The command inside may fail, the variable is empty, and the script goes on with it, in spite of "set -e". "export", "readonly" and "declare" do the same.

Write two lines: the assignment, whose status is that of the command, and the declaration.`,
  bad: `steps:
  - id: note
    title: Note the version
    shell: |
      export VERSION=$(cat /srv/shop/version)
      logger -- "$VERSION"
    effect: idempotent
    undo: { none: a line in the log does no harm }
`,
  good: `steps:
  - id: note
    title: Note the version
    shell: |
      VERSION=$(cat /srv/shop/version)
      export VERSION
      logger -- "$VERSION"
    effect: idempotent
    undo: { none: a line in the log does no harm }
`,
  find: ({ shell }) =>
    shell.calls.filter(masks).map(({ name, at }) => ({
      says: `Found ${name} with the output of a command, which hides that the command failed; expected the assignment in a line of its own.`,
      at,
    })),
};

function masks({ name, args }: Call): boolean {
  return DECLARES.includes(name) && args.some(({ text }) => /^\w+\+?=.*(?:\$\((?!\()|`)/s.test(text));
}
