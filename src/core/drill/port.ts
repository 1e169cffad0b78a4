import type { StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { PinnedDrill } from './drill.ts';
import type { DrillState } from './state.ts';

export type DrillAnswer =
  | { readonly status: 'done'; readonly says: string; readonly incident: StreamId | null }
  | { readonly status: 'refused'; readonly says: string };

/** By its name, or by the token of an announcement, which means that very time and no later one. */
export type WhichDrill = { readonly name: string } | { readonly token: TokenId };

/** What people can do about drills, whichever room they come from. */
export type Drills = {
  /** Every drill of `rollbot.yml`, and where it stands. */
  list(): Promise<readonly { readonly drill: PinnedDrill; readonly state: DrillState }[]>;
  start(which: WhichDrill, acting: Acting): Promise<DrillAnswer>;
  skip(which: WhichDrill, reason: string, acting: Acting): Promise<DrillAnswer>;
  signUp(which: WhichDrill, acting: Acting): Promise<DrillAnswer>;
  /** Calls back whenever the timetable of a drill has changed; the returned function ends it. */
  onChange(listener: (stream: StreamId<'drill'>) => void): () => void;
};
