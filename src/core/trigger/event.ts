import type { Instant, RunId, StreamId, TokenId } from '../brand.ts';
import type { Actor, Person, RunOutcome } from '../incident/event.ts';
import type { Baseline } from './baseline.ts';
import type { GateName } from './gates.ts';
import type { Readings } from './judge.ts';
import type { Judgement } from './judgement.ts';
import type { PinnedRule } from './rule.ts';

/** Why people are asked: the rule is trusted no further, a gate is closed, it is not sure, or something came between a countdown and its start. */
export type AskedWhy = 'mode' | 'inconclusive' | 'not-shown' | 'could-not-start' | 'procedure-changed' | GateName;

/** What people made of a watch that fired: it is what a rule earns its trust by. */
export type Score = 'followed' | 'vetoed' | 'ignored' | 'rolled-back-without-it';

/** The last three: `rollbot.yml` has the rule no more, or what it reads; and somebody wanted to see it, and nothing was wrong. */
export type EndedHow = 'recovered' | 'called-off' | 'rolled-back' | GoneWhy | 'nothing-wrong';
export type GoneWhy = 'rule-gone' | 'metric-gone';

/** Who reported an event: a person, the bot, or a source that signs what it says. */
export type Reporter = Actor | { readonly kind: 'source'; readonly name: string };

/** Everything that can happen to a rule on a target. */
export type TriggerFact =
  /** Something looks wrong, or somebody wants to see it: from here on the readings are kept. */
  | { type: 'watch-began'; watch: string; rule: PinnedRule; baseline: Baseline | null; readings: Readings; wanted?: Person }
  | { type: 'baseline-frozen'; baseline: Baseline }
  /** What came since the last time, many at once. */
  | { type: 'watch-read'; readings: Readings }
  | { type: 'watch-judged'; judgement: Judgement }
  | { type: 'event-reported'; by: Reporter; says: string }
  | { type: 'proposed'; token: TokenId; why: AskedWhy; says: string }
  | { type: 'countdown-began'; token: TokenId; ms: number; procedure?: string }
  /** From here on it counts. */
  | { type: 'countdown-shown'; token: TokenId }
  | { type: 'vetoed'; token: TokenId; by: Person; reason: string | null }
  | { type: 'called-off'; by: Person; reason: string | null }
  | { type: 'started'; watch: string; run: RunId; procedure: string; by: Actor; incident?: StreamId }
  /** What takes nothing away was started at once against what was reported; or it could not be. */
  | { type: 'contained'; run: RunId; procedure: string; incident?: StreamId }
  | { type: 'containing-failed'; says: string }
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
  contained: true,
  'containing-failed': true,
  'cooled-down': true,
  'rolled-back-elsewhere': true,
  'watch-ended': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
