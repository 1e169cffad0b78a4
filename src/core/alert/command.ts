import type { RoleId, StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Actor } from '../incident/event.ts';
import type { Notice } from './alert.ts';
import type { StormLimits } from './event.ts';

/** Everything that can be said about a group of alerts; `mayStart` are the roles that may start something, as configured now. */
export type AlertCommand =
  | { kind: 'note-alerts'; notice: Notice; token: TokenId; limits: StormLimits }
  | ({ kind: 'silence'; forMs: number; mayStart: readonly RoleId[] } & Acting)
  | ({ kind: 'join-incident'; stream: StreamId; mayStart: readonly RoleId[] } & Acting)
  /** What its rule has seen is dealt with in this incident; a group that belongs to one already stays there. */
  | { kind: 'join-by-rule'; stream: StreamId; by: Actor }
  /** Its time has come: a silence is over, or it flaps no longer. */
  | { kind: 'settle'; token: TokenId; limits: StormLimits }
  | { kind: 'hold-back'; storm: number };
