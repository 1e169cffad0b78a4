import type { Instant, TokenId } from '../brand.ts';
import type { TriggerCommand } from './command.ts';
import type { TriggerFact } from './event.ts';
import { judge, newIn, takeIn } from './judge.ts';
import type { Readings } from './judge.ts';
import type { Judgement } from './judgement.ts';
import type { Watching } from './schema.ts';
import { watchOf } from './state.ts';
import type { TriggerState, Watch } from './state.ts';
import { scoreOf } from './score.ts';

type Observe = Extract<TriggerCommand, { kind: 'observe' }>;
type Facts = readonly TriggerFact[];

/** Between two writes of a watch passes at least this, unless it turns into something that people have to know at once. */
const WRITE_EVERY_MS = 60_000;
/** A watch begins after so many intervals of a hold: a single bad sample is not worth a word. */
const BEGINS_AFTER = 2;

/** What readings make known; nothing while all is well. */
export function observe(state: TriggerState, command: Observe, now: Instant): Facts {
  const watch = watchOf(state);
  const { when } = watch?.rule ?? command.rule;
  if (when.kind === 'event') return [];
  const readings = takeIn(when, watch?.readings ?? {}, command.readings, now);
  const baseline = watch?.baseline ?? command.baseline;
  const judgement = judge(when, readings, baseline, command.unknown);
  if (watch) return goOn(watch, { ...command, baseline }, { when, readings, judgement, now });
  // What comes and goes is no new watch each time, unless it fires.
  const endedAt = state.status === 'none' ? null : (state.last?.at ?? null);
  if (judgement.verdict !== 'fire' && endedAt !== null && now - endedAt < WRITE_EVERY_MS) return [];
  return begin(command, { when, readings, judgement });
}

type Judged = { readonly when: Watching; readonly readings: Readings; readonly judgement: Judgement };

function begin({ rule, watch, token, baseline }: Observe, { when, readings, judgement }: Judged): Facts {
  if (!isSuspicious(judgement, when)) return [];
  return [
    { type: 'watch-began', watch, rule, baseline, readings },
    { type: 'watch-judged', judgement },
    ...asked({ rule, ask: { is: 'nothing' } }, judgement, token),
  ];
}

/** What is not worth a watch stays unsaid: a short hold, and what can never be judged. */
function isSuspicious({ verdict, reason, figures }: Judgement, { timing }: Watching): boolean {
  if (verdict === 'holding') return figures.heldMs === undefined || figures.heldMs >= BEGINS_AFTER * timing.every;
  return verdict === 'fire' || (verdict === 'inconclusive' && reason !== 'no-data' && reason !== 'no-baseline');
}

function goOn(watch: Watch, { token, baseline }: Observe, judged: Judged & { readonly now: Instant }): Facts {
  const { now, readings } = judged;
  const looks = isLookedAt(watch, judged);
  const judgement = looks === 'still' ? judged.judgement : turned(judged.judgement);
  const before = watch.judgement;
  const turns = judgement.verdict !== before?.verdict;
  const rested = now - watch.wroteAt >= WRITE_EVERY_MS;
  if (!rested && !(turns && isUrgent(watch, judgement))) return [];
  const fresh = newIn(watch.readings, readings);
  const said = turns || judgement.reason !== before?.reason;
  const ends = looks === 'enough' || (judgement.verdict === 'recovered' && !(watch.ask.is === 'started' && watch.ask.ended === null));
  return [
    ...(watch.baseline === null && baseline ? [{ type: 'baseline-frozen', baseline } as const] : []),
    ...(fresh ? [{ type: 'watch-read', readings: fresh } as const] : []),
    ...(said ? [{ type: 'watch-judged', judgement } as const] : []),
    ...(said ? asked(watch, judgement, token) : []),
    ...(ends ? [{ type: 'watch-ended', how: looks === 'enough' ? 'nothing-wrong' : 'recovered', score: scoreOf(watch) } as const] : []),
  ];
}

/** Somebody wants to see it, and nothing was ever wrong: that is no recovery, and goes on for a while. */
function isLookedAt({ wanted, judgement, beganAt, rule }: Watch, judged: Judged & { readonly now: Instant }): 'still' | 'enough' | null {
  if (wanted === null || !isWell(judgement) || !isWell(judged.judgement)) return null;
  return judged.now - beganAt < rule['watch-for'] ? 'still' : 'enough';
}

function isWell(judgement: Judgement | null): boolean {
  return judgement === null || judgement.verdict === 'clear' || judgement.reason === 'no-baseline';
}

/** The first time that it fires, its end, and what stops a countdown; whatever comes and goes after that waits for its turn. */
function isUrgent({ ask, firedAt }: Watch, { verdict }: Judgement): boolean {
  return verdict === 'recovered' || (verdict === 'fire' && firedAt === null) || (ask.is === 'countdown' && verdict !== 'fire');
}

/** Within a watch, clear means that it is over. */
function turned(judgement: Judgement): Judgement {
  if (judgement.verdict !== 'clear') return judgement;
  return { ...judgement, verdict: 'recovered', reason: 'back-to-normal', says: `It is back to normal. ${judgement.says}` };
}

/** People are asked where a rule is trusted no further, and where nobody can be sure; also in the middle of a countdown. */
function asked({ rule, ask }: Pick<Watch, 'rule' | 'ask'>, { verdict, reason, says }: Judgement, token: TokenId): Facts {
  if (rule.mode === 'shadow') return [];
  const open = ask.is === 'nothing' || ask.is === 'countdown';
  // A short silence calls nobody, but nothing starts in it.
  const worth = (reason !== 'no-data' && reason !== 'no-baseline') || ask.is === 'countdown';
  // A countdown that nobody can be sure of any more is over; if it fires again, people are called again.
  const unsureNow = verdict === 'inconclusive' || (verdict === 'holding' && ask.is === 'countdown');
  if (unsureNow && open && worth) return [{ type: 'proposed', token, why: 'inconclusive', says }];
  const unsure = ask.is === 'proposed' && ask.why === 'inconclusive';
  return verdict === 'fire' && rule.mode === 'propose' && (open || unsure) ? [{ type: 'proposed', token, why: 'mode', says }] : [];
}
