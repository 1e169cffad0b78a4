import type { StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Normal } from './command.ts';
import type { PinnedRule } from './rule.ts';
import type { Reported } from './schema.ts';
import type { TriggerState, Watch } from './state.ts';

export type TriggerAnswer =
  | { readonly status: 'done'; readonly says: string; readonly incident: StreamId | null }
  | { readonly status: 'refused'; readonly says: string };

/** What somebody says has happened, and on which target, if they say so. */
export type PersonReport = { readonly event: Reported['event']; readonly target: string | null; readonly says: string };

/** What people can do about triggers, whichever room they come from; a token stands on the buttons of what is asked. */
export type Triggers = {
  /** Every rule on every target, and where it stands. */
  list(): Promise<readonly { readonly rule: PinnedRule; readonly state: TriggerState; readonly normal: Normal }[]>;
  /** The watch that a button belongs to, and what would be started; null where there is none any more. */
  find(token: TokenId): Promise<{ readonly watch: Watch; readonly procedure: string | null } | null>;
  /** Starts what the watch offers. */
  startNow(token: TokenId, acting: Acting): Promise<TriggerAnswer>;
  /** Objects to a countdown. */
  veto(token: TokenId, acting: Acting): Promise<TriggerAnswer>;
  callOff(token: TokenId, acting: Acting): Promise<TriggerAnswer>;
  /** Has the rules watched that a group of alerts speaks for; the token is that of the group's buttons. */
  watch(token: TokenId, acting: Acting): Promise<TriggerAnswer>;
  /** Tells the rule that goes by it that something has happened which no reading shows. */
  report(report: PersonReport, acting: Acting): Promise<TriggerAnswer>;
  /** The message with a countdown is there: from now on it counts. */
  noteShown(token: TokenId): Promise<void>;
  /** Calls back whenever the stream of a trigger has changed; the returned function ends it. */
  onChange(listener: (stream: StreamId<'trigger'>) => void): () => void;
};
