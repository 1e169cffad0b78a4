import type { Instant, StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Offer } from './routes.ts';
import type { AlertGroup } from './state.ts';

export type AlertAnswer =
  | { readonly status: 'done'; readonly says: string; readonly incident: StreamId | null }
  | { readonly status: 'refused'; readonly says: string };

/** Something that could not be read, as much of it as people are shown. */
export type Shut = {
  readonly source: string;
  readonly at: Instant;
  readonly says: string;
  readonly begins: string;
  readonly characters: number;
};

export type AlertOverview =
  | { readonly status: 'shown'; readonly groups: readonly AlertGroup[]; readonly shut: readonly Shut[] }
  | { readonly status: 'refused'; readonly says: string };

/** What people can do about alerts, whichever room they come from; a token stands on the buttons of a group. */
export type Alerts = {
  /** The group that a button belongs to, and what may be offered for it; null where there is none. */
  find(token: TokenId): Promise<{ readonly group: AlertGroup; readonly offer: Offer | null } | null>;
  /** Every group that fires, and what could not be read, newest first; for those who may start something or close incidents. */
  overview(acting: Acting): Promise<AlertOverview>;
  silence(token: TokenId, acting: Acting): Promise<AlertAnswer>;
  /** Opens an incident for a group. */
  openIncident(token: TokenId, acting: Acting): Promise<AlertAnswer>;
  /** Notes that a run was started because of a group. */
  joinIncident(token: TokenId, incident: StreamId, acting: Acting): Promise<void>;
  /** Calls back whenever a stream of alerts has changed; the returned function ends it. */
  onChange(listener: (stream: StreamId<'alert' | 'storm'>) => void): () => void;
};
