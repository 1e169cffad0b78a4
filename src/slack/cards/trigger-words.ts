import { sayDuration } from '../../core/duration.ts';
import { sayMs, sayShare } from '../../core/trigger/judgement.ts';
import { LAST_CHANGED } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import type { Score } from '../../core/trigger/event.ts';
import type { When } from '../../core/trigger/schema.ts';
import type { Verdict } from '../../core/trigger/judgement.ts';
import { safe } from './text.ts';

/** What is made of the readings: a sign, and a word. */
export const VERDICTS = {
  clear: { sign: ':white_check_mark:', says: 'Within bounds' },
  holding: { sign: ':eyes:', says: 'Watching' },
  fire: { sign: ':rotating_light:', says: 'It fires' },
  inconclusive: { sign: ':grey_question:', says: 'Not sure' },
  recovered: { sign: ':white_check_mark:', says: 'Back to normal' },
} as const satisfies Record<Verdict, { sign: string; says: string }>;

/** What a watch counted as, in words that follow "counts as". */
export const SCORES = {
  followed: 'followed',
  vetoed: 'vetoed',
  ignored: 'ignored',
  'rolled-back-without-it': 'rolled back without it',
} as const satisfies Record<Score, string>;

/** What a rule watches for. */
export function sayWhen(when: When): string {
  switch (when.kind) {
    case 'error-rate':
      return list(when.metric, [
        ...(when.above === undefined ? [] : [`above ${sayShare(when.above)}`]),
        ...(when.band ? [`${sayShare(when.band.from)} or more for ${sayDuration(when.band.hold)} and not improving`] : []),
      ]);
    case 'response-time': {
      const { bands = [], 'at-once': atOnce } = when;
      return list(when.metric, [
        ...(atOnce ? [`+${sayShare(atOnce.from)} and ${sayMs(atOnce.by)} more than usual`] : []),
        ...bands.map(({ from, hold }) => `+${sayShare(from)} for ${sayDuration(hold)}`),
      ]);
    }
    case 'outage':
      return `every probe of ${name(when.metric)} fails for longer than ${sayDuration(when['longer-than'])}`;
    case 'one-of-many':
      return `one of ${few(when.metrics)} fails for longer than ${sayDuration(when['longer-than'])}`;
    case 'unavailable': {
      const slow = when.slow ? ` or ${name(when.slow.metric)} is above ${sayMs(when.slow.above)}` : '';
      return `${name(when.metric)} says no${slow} for longer than ${sayDuration(when['longer-than'])}`;
    }
    case 'event':
      return `${when.event === 'data-corruption' ? 'data corruption' : 'a security breach'}, when it is reported`;
    default:
      return when satisfies never;
  }
}

/** What would be started: the procedure itself where it is known, else what the rule says. */
export function sayProcedure(rule: Pick<PinnedRule, 'procedure' | 'else'>, known: string | null = null): string {
  if (known !== null) return name(known);
  if (rule.procedure !== LAST_CHANGED) return name(rule.procedure);
  return `the procedure of what was changed last${rule.else === undefined ? '' : `, or ${name(rule.else)}`}`;
}

/** A name of `rollbot.yml`, as it has to be typed. */
export function name(id: string): string {
  return `\`${safe(id, 60)}\``;
}

function list(metric: string, cases: readonly string[]): string {
  return `${name(metric)} ${cases.join(', or ')}`;
}

function few(metrics: readonly string[]): string {
  const more = metrics.length - 5;
  return `${metrics.slice(0, 5).map(name).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
