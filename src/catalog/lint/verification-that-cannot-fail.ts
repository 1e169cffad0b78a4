import type { Statement, SyntaxNode } from 'unbash';
import type { Act } from './act.ts';
import type { Hit, Rule } from './rule.ts';
import { readOptions } from './shell/options.ts';
import type { Call } from './shell/call.ts';
import type { ShellText } from './shell/read.ts';

/** A check that is always green says nothing. */
export const verificationThatCannotFail: Rule = {
  id: 'verification-that-cannot-fail',
  about: 'a check that holds whatever the world is like',
  why: `A check is worth what it does when things are bad. "curl" ends with 0 on a page that says 404 or 500. "… || true", "… || echo failed" and a last line of "exit 0" turn every answer into yes. So do an "exit:" list with both 0 and 1, statuses of success that include 500, and a pattern that matches everything.

Say what has to be observed: "http:" with "pointer:" and "expect:", or "curl --fail --max-time 10". Look at the check once while the service is broken: it has to fail then. Whether a check does its job can't be seen in a file; this rule finds only those that certainly don't.`,
  bad: `verify:
  - title: The shop answers
    run: [curl, --silent, https://shop.example/health]
`,
  good: `verify:
  - title: The shop answers, and sells
    http: { url: https://shop.example/health, pointer: /orders_per_minute }
    expect: { above: 0 }
`,
  find: (act) => {
    if (!act.asks) return [];
    const { expect } = act;
    if (expect?.matches !== undefined && Object.keys(expect).length === 1)
      return matchesAll(expect.matches) ? [{ says: say(`the pattern ${expect.matches}`) }] : [];
    return expect === undefined ? blindIn(act) : [];
  },
};

function say(found: string): string {
  return `Found ${found}, with which this check holds whatever the world is like; expected one that can fail, such as "expect:".`;
}

const SAMPLES = ['', 'x', '0', 'false', 'error 500', '\n', 'Ü'];

function matchesAll(pattern: string): boolean {
  const regexp = new RegExp(pattern, 'u');
  return SAMPLES.every((sample) => regexp.test(sample));
}

function blindIn({ action, shell }: Act): readonly Hit[] {
  switch (action.kind) {
    case 'http':
      return action.status?.some((status) => status < 300) && action.status.some((status) => status >= 500)
        ? [{ says: say('500 among the statuses of success') }]
        : [];
    case 'run':
    case 'shell': {
      if (action.exit.includes(0) && action.exit.includes(1)) return [{ says: say('0 and 1 among the exit statuses of success') }];
      const [text] = shell.texts;
      return action.kind === 'run' ? shell.calls.slice(0, 1).flatMap(blindCall) : text ? blindScript(text, shell.calls) : [];
    }
    default:
      return [];
  }
}

function blindCall(call: Call): readonly Hit[] {
  if (AGREES.includes(call.name)) return [{ says: say(`"${call.name}"`), at: call.at }];
  return isBlindCurl(call) ? [{ says: say('curl without --fail'), at: call.at }] : [];
}

const AGREES = ['true', ':', 'echo', 'printf'];
const CURL = {
  letters: 'AbcdDeEFHhKmoQrTuUwxXyYzt',
  names: ['data', 'header', 'output', 'url', 'request', 'user', 'max-time', 'write-out', 'retry'],
};

function isBlindCurl({ name, args }: Call): boolean {
  return name === 'curl' && !readOptions(args, CURL).has('f', 'fail', 'fail-with-body');
}

function blindScript({ tree, source }: ShellText, calls: readonly Call[]): readonly Hit[] {
  const last = tree.commands.at(-1);
  if (!last) return [];
  const excuse = excuseOf(last, source);
  if (excuse !== undefined) return [{ says: say(`"|| ${excuse}"`), at: last.pos }];
  const earlier = tree.commands.slice(0, -1);
  const agrees = /^(?:true|:|exit 0|echo\b.*|printf\b.*)$/.test(sourceOf(last, source).trim());
  if (agrees && earlier.every((each) => excuseOf(each, source) !== undefined))
    return [{ says: say(`"${sourceOf(last, source).trim()}"`), at: last.pos }];
  return tree.commands.flatMap((each) => curlIn(each.command, calls));
}

/** What stands behind the last `||` of a statement, where that never fails. */
function excuseOf({ command }: Statement, source: string): string | undefined {
  if (command.type !== 'AndOr' || command.operators.at(-1) !== '||') return undefined;
  const text = sourceOf(command.commands.at(-1)!, source).trim();
  return /^(?:true|:|exit 0|echo\b.*|printf\b.*)$/.test(text) ? text : undefined;
}

/** A curl whose exit status counts: by itself or at the end of a pipe, and not one whose output is looked at. */
function curlIn(node: SyntaxNode, calls: readonly Call[]): readonly Hit[] {
  if (node.type === 'AndOr') return node.commands.flatMap((each) => curlIn(each, calls));
  if (node.type === 'Pipeline') return curlIn(node.commands.at(-1)!, calls);
  if (node.type !== 'Command') return [];
  const call = calls.find(({ at, name }) => at === node.pos && name === 'curl');
  return call && isBlindCurl(call) ? [{ says: say('curl without --fail'), at: call.at }] : [];
}

function sourceOf({ pos, end }: { readonly pos: number; readonly end: number }, source: string): string {
  return source.slice(pos, end);
}
