import type { RoleId } from '../brand.ts';
import type { Duty, Reachable } from '../contact/port.ts';
import type { Medium } from '../contact/schema.ts';
import type { PageTo, Plan } from './chain.ts';
import type { Reached } from './event.ts';
import type { Page } from './state.ts';

/** Who could be called at this moment, as far as it can be read. */
export type Roll = {
  readonly duties: readonly Duty[];
  readonly contacts: readonly Reachable[];
  /** Contacts that rollbot.yml does not know any more. */
  readonly missing: readonly string[];
};

/** Whom a stage calls, and why somebody is missing. */
export type Call = { readonly people: readonly Reached[]; readonly says: string | null };

/** Whether somebody may be called, and as what; null where they are called by name. */
export type MayCall = (who: Reachable, role: RoleId | null) => boolean;

/** The roles and contacts that a stage of a page is about: its own, else those of the page. */
export function addresseesOf(plan: Plan, to: PageTo): PageTo {
  return plan.kind === 'rung' ? (plan.rung.to ?? to) : plan.to;
}

/**
 * Whom a stage calls of those who could be called now. A rung without names takes the next one of each role who was not `called`
 * in this round; one with names takes who is on call there, or all where nobody is. `mayCall` keeps out who has not signed up for
 * a drill.
 */
export function whomToCall(plan: Plan, roll: Roll, mayCall: MayCall, called: readonly string[] = []): Call {
  const found = roll.duties.flatMap((duty) => {
    const all = duty.all.filter((each) => mayCall(each, duty.role));
    return chosen(plan, called, { ...duty, all, first: duty.first && mayCall(duty.first, duty.role) ? duty.first : null });
  });
  const contacts = roll.contacts.filter((each) => mayCall(each, null));
  const by = plan.kind === 'rung' ? plan.rung.by : null;
  const people = distinct([...found, ...contacts]).map((who) => {
    const { contact, name, person } = who;
    return { contact, name, person, media: mediaOf(who, by) };
  });
  const says = [
    ...roll.duties.flatMap(({ role, unreadable }) => (unreadable === null ? [] : [`Not all of ${role} are known now: ${unreadable}.`])),
    ...roll.missing.map((name) => `rollbot.yml has no contact ${name} any more.`),
    ...people.filter(({ media }) => media.length === 0).map(({ name }) => `${name} has no way to be reached.`),
    ...(people.length === 0 ? ['There is nobody who could be called.'] : []),
  ];
  return { people, says: says.length === 0 ? null : says.join(' ') };
}

/** Who was called already in the round that a stage belongs to. */
export function calledInRound({ stages, renewed }: Pick<Page, 'stages' | 'renewed'>, plan: Plan): readonly string[] {
  if (plan.kind !== 'rung') return [];
  const since = stages.filter(({ number }) => number >= (renewed?.stage ?? 0));
  return since.filter(({ round }) => round === plan.round).flatMap(({ people }) => people.map(({ contact }) => contact));
}

function chosen(plan: Plan, called: readonly string[], { first, all }: Pick<Duty, 'first' | 'all'>): readonly Reachable[] {
  if (plan.kind !== 'rung') return all;
  if (plan.rung.to !== null) return first ? [first] : all;
  const ordered = first ? distinct([first, ...all]) : all;
  // Whoever is on call by now comes first, also where somebody else was called a moment ago.
  const next = ordered.find(({ contact }) => !called.includes(contact)) ?? ordered[plan.position % Math.max(1, ordered.length)];
  return next ? [next] : [];
}

/** Quiet hours choose the media instead of the chain, and so does a contact who has none of those that it wants: no page is silenced. */
function mediaOf({ media, quiet }: Reachable, by: readonly Medium[] | null): readonly Medium[] {
  const wanted = by === null || quiet ? media : media.filter((medium) => by.includes(medium));
  return wanted.length === 0 ? media : wanted;
}

function distinct(people: readonly Reachable[]): readonly Reachable[] {
  return people.filter((each, index) => people.findIndex(({ contact }) => contact === each.contact) === index);
}
