import type { IncidentId, Instant, RoleId, RunId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { PinnedDrill } from './drill.ts';

/** Everything that can be said to a drill's timetable. */
export type DrillCommand =
  /** Looks at the clock and at `rollbot.yml`: plans, announces, and says what was missed; `drill` is null where it is no longer there. `upSince` is when this bot began to look. */
  | { kind: 'keep'; drill: PinnedDrill | null; token: TokenId; upSince: Instant }
  /** With a token it is meant for that very time, and for no later one. */
  | ({ kind: 'sign-up'; token: TokenId | null } & Acting)
  | ({ kind: 'skip'; token: TokenId | null; reason: string; allowed: readonly RoleId[] } & Acting)
  /** A person starts it; written in the same append as the run, whose own rules say who may. */
  | ({ kind: 'start-now'; token: TokenId | null; incident: IncidentId; run: RunId } & Acting)
  /** It starts by itself; written in the same append as the run. */
  | { kind: 'note-started'; incident: IncidentId; run: RunId }
  /** It could not start by itself: somebody holds what it would change, say. */
  | { kind: 'give-up-starting'; says: string };
