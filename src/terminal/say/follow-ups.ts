import type { Instant } from '../../core/brand.ts';
import type { Json } from '../../core/digest.ts';
import { sayDuration } from '../../core/duration.ts';
import type { FollowUp, FollowUpList } from '../../core/followup/state.ts';
import { utc } from './words.ts';

type Said = Pick<FollowUp, 'id' | 'title' | 'owner' | 'dueAt'> & { readonly taken: By; readonly done: By };
type By = { readonly by: string | { readonly name: string }; readonly at: Instant } | null;

/** What is left to be done after an incident, in one line: by which number it is named, who has it and when it is due. */
export function followUpLine(incident: string, item: Said, now: Instant): string {
  const { id, title, owner, taken, done, dueAt } = item;
  if (done) return `✓ ${numberOf(incident, id)}  ${title}, done by ${nameIn(done)}`;
  const has = taken ? `${nameIn(taken)} has it` : `for ${owner}`;
  const when = now > dueAt ? `overdue for ${sayDuration(now - dueAt)}` : `due ${utc(dueAt).slice(0, 16)} UTC`;
  return `  ${numberOf(incident, id)}  ${title}, ${has}, ${when}`;
}

/** The same as data. */
export function followUpData(incident: string, { id, title, owner, taken, done, dueAt }: Said): Json {
  return {
    incident,
    number: Number(id.slice(1)),
    title,
    owner,
    dueAt: new Date(dueAt).toISOString(),
    taken: taken ? nameIn(taken) : null,
    done: done ? nameIn(done) : null,
  };
}

/** How people name a follow-up: the incident and its number there, which stays the same. */
export function numberOf(incident: FollowUpList['incident'] | string, id: FollowUp['id']): string {
  return `${incident}/${id.slice(1)}`;
}

function nameIn({ by }: NonNullable<By>): string {
  return typeof by === 'string' ? by : by.name;
}
