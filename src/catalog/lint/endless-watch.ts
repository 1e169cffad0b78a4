import type { While } from 'unbash';
import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';
import type { Loop } from './shell/read.ts';
import { readOptions } from './shell/options.ts';

/** Something that never ends holds the run. */
export const endlessWatch: Rule = {
  id: 'endless-watch',
  about: 'a loop, watch or tail that has no end of its own',
  why: `"watch", "tail -f" and "while true" never end, and a loop that sleeps until something becomes true ends only if it does. The run stands there with its claims until the step's timeout kills it, and then nobody knows what has happened: the step is unknown, and not failed.

Poll by "wait:", or by "within:", "every:" and "times:" on a check: it asks again until it holds, shows what it has seen, and fails at its deadline. In a script, count the attempts, or put "timeout <seconds>" in front.`,
  bad: `steps:
  - id: wait
    title: Wait until the service answers
    shell: |
      until curl --fail --silent --max-time 5 https://shop.example/health; do
        sleep 2
      done
    effect: read
`,
  good: `steps:
  - id: wait
    title: Wait until the service answers
    wait:
      http: https://shop.example/health
      within: 2m
      every: 2s
      times: 3
`,
  find: ({ shell }) => [
    ...shell.calls.filter((call) => !call.bounded && follows(call)).map((call) => ({ says: say(`"${sayCall(call)}"`), at: call.at })),
    ...shell.loops.filter((each) => !each.bounded && isEndless(each)).map(({ at }) => ({ says: say('a loop'), at })),
  ],
};

function say(found: string): string {
  return `Found ${found} without an end of its own; expected "wait:" with "within", which gives up at its deadline.`;
}

function follows({ name, args }: Call): boolean {
  const texts = args.map(({ text }) => text);
  const has = (...names: string[]): boolean =>
    readOptions(args, { letters: 'ncslou', names: ['lines', 'tail', 'since', 'unit', 'namespace', 'selector'] }).has(...names);
  switch (name) {
    case 'watch':
      return !has('V', 'version', 'help');
    case 'tail':
      return has('f', 'F', 'follow') && !texts.some((text) => text.startsWith('--pid'));
    case 'journalctl':
      return has('f', 'follow');
    case 'docker':
    case 'podman':
      return texts.includes('logs') && has('f', 'follow');
    case 'kubectl':
      if (texts.includes('logs')) return has('f', 'follow');
      return texts.includes('get') && texts.some((text) => text === '-w' || text.startsWith('--watch'));
    case 'wrangler':
      return texts[0] === 'tail' || (texts[1] === 'deployment' && texts[2] === 'tail');
    default:
      return false;
  }
}

const LEAVES = /\b(?:break|exit|return)\b/;
const SLEEPS = /\bsleep\b/;
/** Signs that attempts or seconds are counted. */
const COUNTS = /\(\(|-(?:lt|le|gt|ge)\b|\bSECONDS\b|\bEPOCHSECONDS\b|\bdate\b|\bseq\b/;

function isEndless({ loop, source }: Loop): boolean {
  const text = source.slice(loop.pos, loop.end);
  if (loop.type === 'ArithmeticFor') return loop.test === undefined && !LEAVES.test(text);
  if (alwaysGoesOn(loop, source) && !LEAVES.test(text)) return true;
  const head = source.slice(loop.clause.pos, loop.clause.end);
  return SLEEPS.test(text) && !COUNTS.test(text.replace(/\(\(\s*1?\s*\)\)/, '')) && !/\bread\b/.test(head);
}

function alwaysGoesOn({ kind, clause }: While, source: string): boolean {
  const head = source.slice(clause.pos, clause.end).trim().replace(/;$/, '');
  return (kind === 'while' ? /^(?:true|:|\[\[? 1 \]?\]|\(\(\s*1\s*\)\))$/ : /^(?:false|\(\(\s*0\s*\)\))$/).test(head);
}
