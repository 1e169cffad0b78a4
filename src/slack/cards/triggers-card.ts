import type { Instant } from '../../core/brand.ts';
import { sayDuration } from '../../core/duration.ts';
import type { Baseline } from '../../core/trigger/baseline.ts';
import { sayMs } from '../../core/trigger/judgement.ts';
import type { Score } from '../../core/trigger/event.ts';
import type { Triggers } from '../../core/trigger/port.ts';
import type { TriggerState } from '../../core/trigger/state.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { sentence } from './replies.ts';
import { safe } from './text.ts';
import { name, sayProcedure, sayWhen, SCORES, VERDICTS } from './trigger-words.ts';
import { moment } from './words.ts';

type Listed = Awaited<ReturnType<Triggers['list']>>;

/** `/rollback triggers`. */
export function triggersCard(listed: Listed, now: Instant): Card {
  if (listed.length === 0) return sentence('No rule watches anything. Rules stand under triggers: in rollbot.yml.');
  const rows = listed.map(({ rule, state, normal }) =>
    [
      `*${safe(rule.title)}* on ${safe(rule.target, 60)}`,
      `${name(rule.name)} *${rule.mode}*: ${sayWhen(rule.when)} → ${sayProcedure(rule)}`,
      [sayStanding(state, now), ...sayNormal(normal), sayScores(state)].join(' · '),
    ].join('\n     '),
  );
  const title = `*${listed.length} ${listed.length === 1 ? 'rule' : 'rules'}*`;
  return card({
    text: [title, ...rows].join('; '),
    top: [section(title)],
    rows,
    bottom: [context('A rule earns its trust by what people made of it: shadow, propose, countdown, auto (`mode:` in rollbot.yml)')],
  });
}

function sayStanding(state: TriggerState, now: Instant): string {
  if (state.status === 'none') return ':zzz: it has never watched anything';
  const cools =
    state.coolsUntil !== null && state.coolsUntil > now ? `, starts nothing by itself for ${sayDuration(state.coolsUntil - now)}` : '';
  if (state.status === 'quiet') return `:zzz: quiet${state.last ? ` since ${moment(state.last.at)}` : ''}${cools}`;
  const { judgement, beganAt, ask } = state.watch;
  const { sign, says } = VERDICTS[judgement?.verdict ?? 'holding'];
  return `${sign} ${says.toLowerCase()}, watched since ${moment(beganAt)}${ASKED[ask.is]}${cools}`;
}

/** What a response time is judged against, or why it can't be. */
function sayNormal({ baseline, unknown }: Listed[number]['normal']): readonly string[] {
  if (baseline) return [`usual ${sayMs(baseline.value)} (${DRAWN_FROM[baseline.how]})`];
  return unknown === null ? [] : [`:warning: nobody knows what is usual, so it can not fire: ${safe(unknown, 300)}`];
}

const DRAWN_FROM = {
  pinned: 'as somebody said',
  'same-hour': 'this hour of the last days',
  'before-deploy': 'the hour before the last deployment',
  constant: 'as rollbot.yml says',
} as const satisfies Record<Baseline['how'], string>;

const ASKED = {
  nothing: '',
  proposed: ', people are asked',
  countdown: ', a countdown runs',
  vetoed: ', its countdown was stopped',
  'called-off': ', called off',
  started: ', it has led to a run',
} as const;

function sayScores(state: TriggerState): string {
  const scores = state.status === 'none' ? null : state.scores;
  return (Object.entries(SCORES) as [Score, string][]).map(([score, says]) => `${says} ${scores?.[score] ?? 0}`).join(', ');
}
