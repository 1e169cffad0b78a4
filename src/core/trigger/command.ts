import type { Instant, RoleId, RunId, StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { RunOutcome } from '../incident/event.ts';
import type { Baseline } from './baseline.ts';
import type { GoneWhy, Reporter } from './event.ts';
import type { Gates } from './gates.ts';
import type { Incoming } from './judge.ts';
import type { PinnedRule } from './rule.ts';

/** What a person can say to a rule; `allowed` are the roles that may, as configured now. */
type Deciding = Acting & { readonly allowed: readonly RoleId[] };

/** Ids for what may follow: of a watch that may begin, and of a button that people may be asked with. */
type Fresh = { readonly watch: string; readonly token: TokenId };

/** What is normal, where that matters; `unknown` says why nobody knows. */
export type Normal = { readonly baseline: Baseline | null; readonly unknown: string | null };

/** Everything that can be said to a rule on a target. */
export type TriggerCommand =
  /** What was read, or why nothing was: the last readings each time, because only some of them are kept in the journal. */
  | ({ kind: 'observe'; rule: PinnedRule; readings: Incoming } & Normal & Fresh)
  | ({ kind: 'note-event'; rule: PinnedRule; by: Reporter; roles: readonly RoleId[]; allowed: readonly RoleId[]; says: string } & Fresh)
  /** What is known of the gates, where a start is about to begin. */
  | { kind: 'note-gates'; gates: Gates; token: TokenId; procedure: string | null }
  /** A person wants to see it, although nothing may be wrong. */
  | ({ kind: 'watch-now'; rule: PinnedRule; readings: Incoming; watch: string } & Normal & Deciding)
  /** `rollbot.yml` has the rule no more, or what the watch reads: nothing would ever end it. */
  | { kind: 'note-gone'; why: GoneWhy }
  | { kind: 'note-shown'; token: TokenId }
  /** What may start by itself can't: somebody holds what it would change, say. */
  | { kind: 'give-up-starting'; token: TokenId; says: string }
  /** The countdown could not be shown. */
  | { kind: 'give-up-showing'; token: TokenId }
  | ({ kind: 'veto'; token: TokenId; reason: string | null } & Deciding)
  | ({ kind: 'call-off'; reason: string | null } & Deciding)
  /** A person starts it; written in the same append as the run. */
  | ({ kind: 'start-now'; run: RunId; procedure: string; incident?: StreamId } & Deciding)
  /** It starts by itself; written in the same append as the run. */
  | { kind: 'note-started'; run: RunId; procedure: string; gates: Gates; incident?: StreamId }
  /** What contains it has started; written in the same append as the run. */
  | { kind: 'note-contained'; run: RunId; procedure: string; incident?: StreamId }
  | { kind: 'give-up-containing'; says: string }
  /** A run on the target has ended, whoever started it. */
  | { kind: 'note-run-ended'; run: RunId; outcome: RunOutcome; endedAt: Instant };
