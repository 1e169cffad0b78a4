import type { Instant, RoleId, RunId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Health } from './event.ts';

/** What a person can say about a release; `commanders` are the roles that may, as configured now. */
export type ReleaseAct =
  | ({ kind: 'call-good'; version: string; reason: string | null } & Commanding)
  | ({ kind: 'call-bad'; version: string; reason: string | null } & Commanding)
  | ({ kind: 'hold'; reason: string | null } & Commanding)
  | ({ kind: 'unhold'; reason: string | null } & Commanding);
type Commanding = Acting & { readonly commanders: readonly RoleId[] };

/** What was read of a deployable; `version: null` where nothing could be. */
export type Reading = {
  readonly version: string | null;
  readonly health: Health;
  readonly says: string | null;
  /** How often it is read. */
  readonly everyMs: number;
  /** How long a version has to be healthy to be verified by itself; null where only people verify. */
  readonly goodAfterMs: number | null;
  /** When it was read the last time; null where nobody knows. */
  readonly lastReadAt: Instant | null;
};

/** Everything that can be said about a deployable. */
export type ComponentCommand =
  | ReleaseAct
  | ({ kind: 'note-reading' } & Reading)
  | { kind: 'note-deployed'; version: string }
  /** A verified run has deployed `version`; `insteadOf` is what it came back from. */
  | { kind: 'note-rolled-back'; run: RunId; version: string; insteadOf: string | null; reason: string }
  /** What a run did was undone, so what it held is no longer held. */
  | { kind: 'note-undone'; run: RunId };
