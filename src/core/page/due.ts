import type { Instant } from '../brand.ts';
import { stagePlan } from './chain.ts';
import { isOpenElsewhere } from './state.ts';
import type { DeliveryKey, Page, PageDelivery, PageState, Stage } from './state.ts';

/** Something that a page is owed right now. */
export type PageEffect =
  | { readonly do: 'pin-chain' }
  | { readonly do: 'begin-stage'; readonly stage: number }
  | { readonly do: 'fall-silent' }
  | { readonly do: 'lapse-answer' }
  | { readonly do: 'deliver'; readonly at: DeliveryKey; readonly attempt: number }
  /** It was intended so long ago that nobody will say any more what came of it. */
  | { readonly do: 'lose'; readonly at: DeliveryKey; readonly attempt: number }
  | { readonly do: 'settle'; readonly at: DeliveryKey; readonly as: 'acknowledged' | 'resolved' }
  | { readonly do: 'close'; readonly how: 'gave-up' | 'rested' };

/** A medium answers within a few seconds or not at all. */
const LOST_AFTER_MS = 30_000;
const SETTLE_TRIES = 5;
const SETTLE_AGAIN_MS = 30_000;
/** A page that somebody has, and that is about nothing whose end Rollbot sees, is forgotten after this. */
const RESTS_MS = 24 * 60 * 60_000;

/** Derives what is owed from the state alone. */
export function due(state: PageState, now: Instant): readonly PageEffect[] {
  return timetable(state).flatMap(({ at, effect }) => (at <= now ? [effect] : []));
}

/** When time alone makes something due; the present moment where something is due already, null where nothing will be. */
export function nextDueAt(state: PageState): Instant | null {
  if (state.status === 'none') return null;
  const times = timetable(state).map(({ at }) => at);
  return times.length === 0 ? null : (Math.max(state.lastAt, Math.min(...times)) as Instant);
}

/** What the chain of an open page does next if nobody answers, and when; null where nobody waits any more. */
export function nextOf(state: PageState): { readonly at: Instant; readonly effect: PageEffect } | null {
  const [next] = state.status === 'open' ? nextStage(state) : [];
  return next ? { at: next.at as Instant, effect: next.effect } : null;
}

type Entry = { readonly at: number; readonly effect: PageEffect };

/** Everything that will be owed if nothing else happens, each with its time. */
function timetable(state: PageState): readonly Entry[] {
  switch (state.status) {
    case 'none':
      return [];
    case 'open':
      return [...nextStage(state), ...state.deliveries.flatMap((each) => (isOld(state, each) ? [] : sending(each))), ...losing(state)];
    case 'acknowledged': {
      const rests = state.about.incident === null && state.about.run === null && state.acknowledged;
      const rest: readonly Entry[] = rests ? [{ at: rests.at + RESTS_MS, effect: { do: 'close', how: 'rested' } }] : [];
      const until = state.acknowledged?.until ?? null;
      const lapse: readonly Entry[] = until === null ? [] : [{ at: until, effect: { do: 'lapse-answer' } }];
      return [...losing(state), ...settling(state, 'acknowledged'), ...rest, ...lapse];
    }
    case 'closed':
      return [...losing(state), ...settling(state, 'resolved')];
    default:
      return state satisfies never;
  }
}

/** What the chain owes next: itself, its next stage, or the word that nobody answers. */
function nextStage(page: Page): readonly Entry[] {
  const { chain, stage, silentAt } = page;
  if (chain === null) return [{ at: page.openedAt, effect: { do: 'pin-chain' } }];
  const from = page.renewed ?? { stage: 0, at: page.openedAt + page.delayMs };
  if (stage === null || stage.number < from.stage) return [{ at: from.at, effect: { do: 'begin-stage', stage: from.stage } }];
  const lapsedAt = page.lapsed.at(-1)?.at ?? null;
  // Time was lost already with somebody who had it.
  if (lapsedAt !== null && stage.beganAt < lapsedAt) return [{ at: lapsedAt, effect: { do: 'begin-stage', stage: stage.number + 1 } }];
  if (stage.kind === 'rung') return [{ at: overAt(page, stage), effect: { do: 'begin-stage', stage: stage.number + 1 } }];
  if (silentAt === null) return [{ at: stage.escalated?.at ?? stage.endsAt, effect: { do: 'fall-silent' } }];
  const at = (stage.kind === 'reminder' ? stage.beganAt : silentAt) + chain.remindMs;
  return at - silentAt > chain.remindForMs
    ? [{ at: silentAt + chain.remindForMs, effect: { do: 'close', how: 'gave-up' } }]
    : [{ at, effect: { do: 'begin-stage', stage: stage.number + 1 } }];
}

/** A rung is over when its time is, when somebody says so, or at once where nobody was reached; but a new round waits for its time. */
function overAt({ chain, renewed, deliveries }: Pick<Page, 'chain' | 'renewed' | 'deliveries'>, stage: Stage): Instant {
  if (stage.escalated) return stage.escalated.at;
  const failedAt = allFailedAt({ deliveries }, stage);
  if (failedAt === null || chain === null) return stage.endsAt;
  const next = stagePlan({ chain, renewed }, stage.number + 1);
  const plan = stagePlan({ chain, renewed }, stage.number);
  const beginsRound = plan.kind === 'rung' && plan.ends === 'round' && next.kind === 'rung';
  return beginsRound ? stage.endsAt : failedAt;
}

/** When the last of its deliveries failed; null while one of them may have reached somebody. */
function allFailedAt({ deliveries }: Pick<Page, 'deliveries'>, stage: Stage): Instant | null {
  const own = deliveries.filter((each) => each.stage === stage.number);
  let last = stage.beganAt;
  for (const { state } of own) {
    if (state.status !== 'failed') return null;
    if (state.at > last) last = state.at;
  }
  return last;
}

/** What was sent before more was wanted is not sent again: whoever is called now is told more. */
function isOld({ renewed }: Page, { stage }: PageDelivery): boolean {
  return renewed !== null && stage < renewed.stage;
}

function sending(delivery: PageDelivery): readonly Entry[] {
  const { state, attempt } = delivery;
  const at = keyOf(delivery);
  switch (state.status) {
    case 'owed':
      return [{ at: state.since, effect: { do: 'deliver', at, attempt: attempt + 1 } }];
    case 'intended':
    case 'sent':
    case 'delivered':
      return [];
    case 'failed':
    case 'unknown':
      return state.againAt === null ? [] : [{ at: state.againAt, effect: { do: 'deliver', at, attempt: attempt + 1 } }];
    default:
      return state satisfies never;
  }
}

function losing({ deliveries }: Page): readonly Entry[] {
  return deliveries.flatMap((delivery) => (delivery.state.status === 'intended' ? [lost(delivery, delivery.state.at)] : []));
}

function lost(delivery: PageDelivery, since: Instant): Entry {
  return { at: since + LOST_AFTER_MS, effect: { do: 'lose', at: keyOf(delivery), attempt: delivery.attempt } };
}

/** A medium that may have taken the page learns how it ended, a few times where it does not listen. */
function settling({ deliveries, lastAt }: Page, as: 'acknowledged' | 'resolved'): readonly Entry[] {
  return deliveries.flatMap((delivery): readonly Entry[] => {
    if (!isOpenElsewhere(delivery)) return [];
    const { state, settled } = delivery;
    const tried = settled?.as === as ? settled : null;
    if (tried && (tried.done || tried.tries >= SETTLE_TRIES)) return [];
    return [{ at: tried ? tried.at + SETTLE_AGAIN_MS : Math.min(lastAt, state.at), effect: { do: 'settle', at: keyOf(delivery), as } }];
  });
}

function keyOf({ stage, contact, medium }: PageDelivery): DeliveryKey {
  return { stage, contact, medium };
}
