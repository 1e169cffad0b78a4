import type { StreamId } from '../brand.ts';
import type { Acting } from './command.ts';
import type { Answers, Criterion } from './criteria.ts';

/** What somebody wants to open; `channel` is where they asked for it. */
export type OpenOrder = Acting & { readonly title: string; readonly severity: string | null; readonly channel: string | null };

export type OpenAnswer = { readonly status: 'opened'; readonly stream: StreamId } | { readonly status: 'refused'; readonly says: string };

/** What people can do about incidents besides what the rules alone decide, whichever room they come from. */
export type Incidents = {
  /** Opens one by hand. */
  open(order: OpenOrder): Promise<OpenAnswer>;
  /** The checklist for closing one, read now; `who` names whoever has answered. */
  criteria(stream: StreamId, answers: Answers, who: string): Promise<readonly Criterion[]>;
};
