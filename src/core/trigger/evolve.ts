import type { Instant } from '../brand.ts';
import type { Timed } from '../stream-kind.ts';
import type { TriggerFact } from './event.ts';
import { withNew } from './judge.ts';
import type { EndedWatch, TriggerRecord, TriggerState, Watch } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'trigger-3';

/** What is known before anything was seen. */
export const INITIAL: TriggerState = { status: 'none' };

const DAY_MS = 86_400_000;
const MOST_EARLIER = 4;

/** Folds one event into what is known of a rule. Total: it never throws. */
export function evolve(before: TriggerState, event: Timed<TriggerFact>): TriggerState {
  const record: TriggerRecord = before.status === 'none' ? unseen(event.at) : { ...recordOf(before), lastAt: event.at };
  if (event.type === 'watch-began') return { ...record, status: 'watching', watch: begun(event) };
  if (before.status !== 'watching') return before.status === 'none' ? before : { ...record, status: 'quiet' };
  const { watch } = before;
  if (event.type === 'watch-ended') {
    const { how, score, at } = event;
    const scores = score === null ? record.scores : { ...record.scores, [score]: record.scores[score] + 1 };
    const earlier = [...(record.last ? [withoutReadings(record.last)] : []), ...record.earlier].slice(0, MOST_EARLIER);
    return { ...record, status: 'quiet', scores, earlier, last: { watch, at, how, says: watch.judgement?.says ?? how, score } };
  }
  return { ...record, ...recorded(record, event), status: 'watching', watch: inWatch(watch, event) };
}

function unseen(at: Instant): TriggerRecord {
  const scores = { followed: 0, vetoed: 0, ignored: 0, 'rolled-back-without-it': 0 };
  return { starts: [], coolsUntil: null, scores, last: null, earlier: [], lastAt: at };
}

function withoutReadings(ended: EndedWatch): EndedWatch {
  const { watch } = ended;
  return { ...ended, watch: { ...watch, readings: {}, judgement: watch.judgement && { ...watch.judgement, readings: [] } } };
}

function recordOf({ starts, coolsUntil, scores, last, earlier, lastAt }: TriggerRecord): TriggerRecord {
  return { starts, coolsUntil, scores, last, earlier, lastAt };
}

/** Only what it starts by itself counts against the cap of a day. */
function recorded({ starts }: TriggerRecord, event: Timed<TriggerFact>): Partial<TriggerRecord> {
  if (event.type === 'cooled-down') return { coolsUntil: event.until };
  if (event.type !== 'started' || event.by.kind !== 'rollbot') return {};
  return { starts: [...starts.filter((at) => at > event.at - DAY_MS), event.at] };
}

function begun({ watch: id, rule, baseline, readings, wanted, at }: Extract<Timed<TriggerFact>, { type: 'watch-began' }>): Watch {
  const nothing = { judgement: null, firedAt: null, reported: null, contained: null, elsewhere: null, ask: { is: 'nothing' } } as const;
  return { id, rule, baseline, readings, beganAt: at, wanted: wanted ?? null, wroteAt: at, ...nothing };
}

function inWatch(watch: Watch, event: Exclude<Timed<TriggerFact>, { type: 'watch-began' | 'watch-ended' }>): Watch {
  const { at } = event;
  switch (event.type) {
    case 'baseline-frozen':
      return { ...watch, baseline: event.baseline };
    case 'watch-read':
      return watch.rule.when.kind === 'event'
        ? watch
        : { ...watch, readings: withNew(watch.rule.when, watch.readings, event.readings), wroteAt: at };
    case 'watch-judged': {
      const firedAt = event.judgement.verdict === 'fire' ? (watch.firedAt ?? at) : watch.firedAt;
      return { ...watch, judgement: event.judgement, firedAt, wroteAt: at };
    }
    case 'event-reported':
      return { ...watch, reported: { by: event.by, says: event.says, at } };
    case 'proposed':
      return { ...watch, ask: { is: 'proposed', token: event.token, why: event.why, says: event.says, at } };
    case 'countdown-began': {
      const { token, ms, procedure = null } = event;
      return { ...watch, ask: { is: 'countdown', token, ms, procedure, at, shownAt: null } };
    }
    case 'countdown-shown':
      return watch.ask.is === 'countdown' ? { ...watch, ask: { ...watch.ask, shownAt: at } } : watch;
    case 'vetoed':
    case 'called-off':
      return { ...watch, ask: { is: event.type, by: event.by, reason: event.reason, at } };
    case 'started':
      return { ...watch, ask: { is: 'started', run: event.run, procedure: event.procedure, by: event.by, at, ended: null } };
    case 'contained':
      return { ...watch, contained: { run: event.run, procedure: event.procedure, at } };
    case 'containing-failed':
      return { ...watch, contained: { failed: event.says } };
    case 'cooled-down':
      return watch.ask.is === 'started' ? { ...watch, ask: { ...watch.ask, ended: { outcome: event.outcome, at } } } : watch;
    case 'rolled-back-elsewhere':
      return { ...watch, elsewhere: event.run };
    default:
      event satisfies never;
      return watch;
  }
}
