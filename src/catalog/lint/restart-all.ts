import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** Everything that restarts at once comes back at once, with cold caches. */
export const restartAll: Rule = {
  id: 'restart-all',
  about: 'a restart of everything at the same time',
  why: `When all servers restart at once, nobody answers for a while, and then every client comes back in the same second, to servers with cold caches. What was slow is down, and stays down.

Restart one after another, and go on only when the last one is ready: "kubectl rollout restart deployment/<name>" with a readiness probe and a "maxUnavailable", or a loop over names with a check between them.`,
  bad: `steps:
  - id: restart
    title: Restart the shop
    run: [kubectl, delete, pods, --all, --namespace, shop]
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  good: `steps:
  - id: restart
    title: Restart the shop, server by server
    shell: |
      kubectl --namespace shop rollout restart deployment/web
      kubectl --namespace shop rollout status deployment/web --timeout 4m
    effect: idempotent
    undo: { none: a restart is not undone }
`,
  find: ({ shell }) =>
    shell.calls.filter(restartsAll).map((call) => ({
      says: `Found "${sayCall(call)}", which restarts everything at once; expected one after another, by name.`,
      at: call.at,
    })),
};

const STOPS = /^(?:restart|stop|kill|rm)$/;

function restartsAll({ name, args, feeders }: Call): boolean {
  const { has, operands } = readOptions(args, { letters: 'nlt', names: ['namespace', 'context', 'selector', 'time'] });
  const [first = '', second = '', third] = operands.map(({ text }) => text);
  switch (name) {
    case 'kubectl':
      if (first === 'delete') return /^pods?$|^po$/.test(second) && has('all', 'A', 'all-namespaces');
      return (
        first === 'rollout' &&
        second === 'restart' &&
        third !== undefined &&
        !third.includes('/') &&
        operands.length < 4 &&
        !has('l', 'selector', 'f')
      );
    case 'docker':
    case 'podman':
      if (!STOPS.test(first)) return false;
      return operands.some(({ text }) => /\$\(\s*(?:docker|podman) ps/.test(text)) || feeders.some(listsContainers);
    case 'pm2':
      return first === 'restart' && second === 'all';
    case 'systemctl':
      return first === 'restart' && operands.slice(1).some(({ text }) => text.includes('*'));
    default:
      return false;
  }
}

function listsContainers({ name, args }: Call): boolean {
  return (name === 'docker' || name === 'podman') && args[0]?.text === 'ps';
}
