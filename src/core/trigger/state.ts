import type { Instant, RunId, TokenId } from '../brand.ts';
import type { Actor, Person, RunOutcome } from '../incident/event.ts';
import type { Baseline } from './baseline.ts';
import type { AskedWhy, EndedHow, Reporter, Score } from './event.ts';
import type { Readings } from './judge.ts';
import type { Judgement } from './judgement.ts';
import type { PinnedRule } from './rule.ts';

/** What is known of one rule on one target. */
export type TriggerState =
  | { readonly status: 'none' }
  | (TriggerRecord & { readonly status: 'quiet' })
  | (TriggerRecord & { readonly status: 'watching'; readonly watch: Watch });

/** What outlives a watch. */
export type TriggerRecord = {
  /** When it started something by itself, in the last 24 hours. */
  readonly starts: readonly Instant[];
  readonly coolsUntil: Instant | null;
  readonly scores: Readonly<Record<Score, number>>;
  readonly last: EndedWatch | null;
  /** The few before that one, without their readings: their messages may still have to be brought to an end. */
  readonly earlier: readonly EndedWatch[];
  readonly lastAt: Instant;
};

/** The last watch as it was when it ended, so that what people read of it can be brought to an end. */
export type EndedWatch = {
  readonly watch: Watch;
  readonly at: Instant;
  readonly how: EndedHow;
  readonly says: string;
  readonly score: Score | null;
};

/** Something looks wrong, and what is made of it. */
export type Watch = {
  readonly id: string;
  readonly rule: PinnedRule;
  /** What was normal when it began: a baseline that moved along would learn the outage. */
  readonly baseline: Baseline | null;
  readonly readings: Readings;
  readonly beganAt: Instant;
  /** Who wanted to see it; null where it began because something looked wrong. */
  readonly wanted: Person | null;
  readonly judgement: Judgement | null;
  /** When it first fired; null where it never has. */
  readonly firedAt: Instant | null;
  readonly reported: { readonly by: Reporter; readonly says: string; readonly at: Instant } | null;
  /** What was started at once to contain what was reported. */
  readonly contained: { readonly run: RunId; readonly procedure: string; readonly at: Instant } | { readonly failed: string } | null;
  readonly ask: Ask;
  /** A run that came back from this without being started by it. */
  readonly elsewhere: RunId | null;
  readonly wroteAt: Instant;
};

/** How far it has come with people. */
export type Ask =
  | { readonly is: 'nothing' }
  | { readonly is: 'proposed'; readonly token: TokenId; readonly why: AskedWhy; readonly says: string; readonly at: Instant }
  | {
      readonly is: 'countdown';
      readonly token: TokenId;
      readonly ms: number;
      /** What people were shown that it will start. */
      readonly procedure: string | null;
      readonly at: Instant;
      /** The clock of a countdown starts when it was shown. */
      readonly shownAt: Instant | null;
    }
  | { readonly is: 'vetoed' | 'called-off'; readonly by: Person; readonly reason: string | null; readonly at: Instant }
  | {
      readonly is: 'started';
      readonly run: RunId;
      readonly procedure: string;
      readonly by: Actor;
      readonly at: Instant;
      readonly ended: { readonly outcome: RunOutcome; readonly at: Instant } | null;
    };

/** The watch that goes on, or null. */
export function watchOf(state: TriggerState): Watch | null {
  return state.status === 'watching' ? state.watch : null;
}

/** When the countdown is over, or null while nobody was shown it. */
export function countdownEndsAt(ask: Extract<Ask, { is: 'countdown' }>): Instant | null {
  return ask.shownAt === null ? null : ((ask.shownAt + ask.ms) as Instant);
}

/** The procedure that is owed at once to what was reported; null where there is none, or none any more. */
export function toContain({ rule, reported, contained }: Watch): string | null {
  return reported !== null && contained === null && rule.mode !== 'shadow' ? (rule.contain ?? null) : null;
}

/** Whether it may still become a start by itself: it fires now, and neither people nor a gate have come between. */
export function mayBegin({ rule, judgement, ask }: Watch): boolean {
  if (judgement?.verdict !== 'fire' || (rule.mode !== 'countdown' && rule.mode !== 'auto')) return false;
  return ask.is === 'nothing' || (ask.is === 'proposed' && ask.why === 'inconclusive');
}
