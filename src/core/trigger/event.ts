import type { Instant, RunId, StreamId, TokenId } from '../brand.ts';
import type { Actor, Person, RunOutcome } from '../incident/event.ts';
import type { Baseline } from './baseline.ts';
import type { GateName } from './gates.ts';
import type { Readings } from './judge.ts';
import type { Judgement } from './judgement.ts';
import type { PinnedRule } from './rule.ts';

/** Why people are asked: the rule is trusted no further, a gate is closed, it is not sure, or the countdown could not be shown. */
export type AskedWhy = 'mode' | 'inconclusive' | 'not-shown' | 'could-not-start' | GateName;

/** What people made of a watch that fired: it is what a rule earns its trust by. */
export type Score = 'followed' | 'vetoed' | 'ignored' | 'rolled-back-without-it';

export type EndedHow = 'recovered' | 'called-off' | 'rolled-back';

/** Who reported an event: a person, the bot, or a source that signs what it says. */
export type Reporter = Actor | { readonly kind: 'source'; readonly name: string };

/** Everything that can happen to a rule on a target. */
export type TriggerFact =
  /** Something looks wrong: from here on the readings are kept. */
  | { type: 'watch-began'; watch: string; rule: PinnedRule; baseline: Baseline | null; readings: Readings }
  | { type: 'baseline-frozen'; baseline: Baseline }
  /** What came since the last time, many at once. */
  | { type: 'watch-read'; readings: Readings }
  | { type: 'watch-judged'; judgement: Judgement }
  | { type: 'event-reported'; by: Reporter; says: string }
  | { type: 'proposed'; token: TokenId; why: AskedWhy; says: string }
  | { type: 'countdown-began'; token: TokenId; ms: number }
  /** From here on it counts. */
  | { type: 'countdown-shown'; token: TokenId }
  | { type: 'vetoed'; token: TokenId; by: Person; reason: string | null }
  | { type: 'called-off'; by: Person; reason: string | null }
  | { type: 'started'; watch: string; run: RunId; procedure: string; by: Actor; incident?: StreamId }
  | { type: 'cooled-down'; run: RunId; outcome: RunOutcome; until: Instant }
  | { type: 'rolled-back-elsewhere'; run: RunId }
  | { type: 'watch-ended'; how: EndedHow; score: Score | null };

const KNOWN: Readonly<Record<TriggerFact['type'], true>> = {
  'watch-began': true,
  'baseline-frozen': true,
  'watch-read': true,
  'watch-judged': true,
  'event-reported': true,
  proposed: true,
  'countdown-began': true,
  'countdown-shown': true,
  vetoed: true,
  'called-off': true,
  started: true,
  'cooled-down': true,
  'rolled-back-elsewhere': true,
  'watch-ended': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
