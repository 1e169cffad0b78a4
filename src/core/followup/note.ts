import type { Instant, RoleId, StreamId } from '../brand.ts';
import type { Change } from '../kinds.ts';
import type { FollowUpFact } from './event.ts';
import type { FollowUp, FollowUpState } from './state.ts';

/** A follow-up as its incident knows it, for the report. */
export type NotedFollowUp = {
  readonly id: string;
  readonly title: string;
  readonly owner: RoleId;
  readonly dueAt: Instant;
  readonly taken: { readonly by: string; readonly at: Instant } | null;
  readonly done: { readonly by: string; readonly at: Instant } | null;
  /** The last time its date was moved, and from when. */
  readonly moved: { readonly by: string; readonly at: Instant; readonly from: Instant; readonly reason: string } | null;
};

const TOLD: ReadonlySet<FollowUpFact['type']> = new Set(['follow-ups-opened', 'taken', 'done', 'postponed']);

/** What becomes of the follow-ups of an incident is noted in it, so that its report tells it from its own journal. */
export function notedInIncident(state: FollowUpState, facts: readonly FollowUpFact[]): readonly Change<'incident'>[] {
  if (state.status === 'none' || !facts.some(({ type }) => TOLD.has(type))) return [];
  const stream = `incident/${state.incident}` as StreamId;
  return [{ stream, commands: [{ kind: 'note-follow-ups', items: state.items.map(noted) }] }];
}

/** Whether a report that was written has to be written again; who has taken something is told with the next of its news. */
export function isNews(before: readonly NotedFollowUp[], now: readonly NotedFollowUp[]): boolean {
  return now.some((item) => {
    const known = before.find(({ id }) => id === item.id);
    return known?.dueAt !== item.dueAt || (known.done === null) !== (item.done === null);
  });
}

function noted({ id, title, owner, dueAt, taken, done, postponed }: FollowUp): NotedFollowUp {
  const last = postponed.at(-1);
  return {
    id,
    title,
    owner,
    dueAt,
    taken: taken && { by: taken.by.name, at: taken.at },
    done: done && { by: done.by.name, at: done.at },
    moved: last ? { by: last.by.name, at: last.at, from: last.from, reason: last.reason } : null,
  };
}
