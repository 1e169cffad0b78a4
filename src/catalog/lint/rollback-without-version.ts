import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** "The version before this one" is the broken one, the second time. */
export const rollbackWithoutVersion: Rule = {
  id: 'rollback-without-version',
  about: 'a rollback command that is not told which version to go back to',
  why: `"wrangler rollback", "kubectl rollout undo", "helm rollback" and their like go back to the version before this one. After the first time, the version before this one is the broken one, and a second run deploys it again. wrangler also answers its own questions with yes when nobody is there, the one about changed secrets included.

Name the version: "wrangler versions deploy <id>@100% -y", "--to-revision=<n>", a release number, from a parameter. Note before which one runs, as an output, and let the undo deploy that.`,
  bad: `steps:
  - id: deploy
    title: Go back to the version before
    run: [npx, wrangler, rollback, --name, shop, -y]
    effect: idempotent
    undo: { none: the broken version is deployed by hand }
`,
  good: `params:
  version: { about: The id of the version to go back to, pattern: '[0-9a-f-]{36}' }
steps:
  - id: deploy
    title: Deploy the wanted version
    shell:
      env: { VERSION: '\${params.version}' }
      script: npx wrangler versions deploy "$VERSION@100%" --name shop -y
    effect: idempotent
    undo: { none: the broken version is deployed by hand }
`,
  find: ({ shell }) =>
    shell.calls.filter(goesBackBlindly).map((call) => ({
      says: `Found "${sayCall(call)}", which goes to the version before this one, and back again when it runs twice; expected the version by its name.`,
      at: call.at,
    })),
};

const TAKES = {
  letters: 'cemnfp',
  names: ['name', 'message', 'env', 'config', 'namespace', 'context', 'app', 'timeout', 'token', 'scope'],
};

function goesBackBlindly({ name, args }: Call): boolean {
  const { has, operands } = readOptions(args, TAKES);
  const [first = '', second = '', ...rest] = operands.map(({ text }) => text);
  switch (name) {
    case 'wrangler':
    case 'vercel':
    case 'heroku':
      return /^(?:rollback|releases:rollback)$/.test(first) && second === '';
    case 'kubectl':
      return first === 'rollout' && second === 'undo' && !has('to-revision');
    case 'helm':
      return first === 'rollback' && rest.length === 0;
    case 'docker':
      return first === 'service' && (second === 'rollback' || (second === 'update' && has('rollback')));
    case 'argocd':
      return first === 'app' && second === 'rollback' && rest.length < 2;
    default:
      return false;
  }
}
