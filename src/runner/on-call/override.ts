import type { Instant, RoleId } from '../../core/brand.ts';
import { calendarOf } from '../../core/calendar/state.ts';
import type { OnCall, OverrideAnswer, Reachable } from '../../core/contact/port.ts';
import { rotationOf } from '../../core/contact/reachable.ts';
import { comesOnCall, shiftsBetween } from '../../core/contact/rotation.ts';
import type { Override, Turn } from '../../core/contact/rotation.ts';
import type { Rotation } from '../../core/contact/schema.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import { commandersOf } from '../../core/settings.ts';
import { sayMoment } from '../../core/zone.ts';
import type { Journal } from '../journal.ts';
import { dutyAt, overridesOf } from './duty.ts';
import type { DutyParts } from './duty.ts';

export type OverrideParts = DutyParts & { readonly journal: Pick<Journal, 'apply' | 'onChange'>; readonly ids: Ids; readonly clock: Clock };

type Asked = Parameters<OnCall['override']>[0];

/** Puts somebody else on call for a while, and says whose turns and which other overrides that takes. */
export async function makeOverride(parts: OverrideParts, { role, who, from, to, by, roles }: Asked): Promise<OverrideAnswer> {
  const place = placeOf(parts, role);
  if ('says' in place) return { status: 'refused', says: place.says };
  const { name, rotation } = place;
  const { all, unreadable } = await dutyAt(parts, role, parts.clock.now());
  const meant = all.find((each) => isMeant(each, who));
  if (!meant) return { status: 'refused', says: unreadable === null ? noHolder(who, role, all) : cannotSay(role, unreadable) };
  const before = (await overridesOf(parts, name, parts.clock.now())).all;
  const holders = all.map(({ contact }) => contact);
  const made = { who: meant.contact, from, to };
  const takes = comesOnCall(rotation, { before: [...before, made], after: before }, from, to);
  const command = { kind: 'make-override', id: parts.ids.short(), ...made, holders, takes } as const;
  const applied = await parts.journal.apply(calendarOf(name), { ...command, mayChange: mayChange(parts, role), by, roles });
  if (applied.status !== 'done')
    return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
  const called = (contact: string): string => all.find((each) => each.contact === contact)?.name ?? contact;
  const until = `from ${sayMoment(from, rotation.zone)} to ${sayMoment(to, rotation.zone)}`;
  return {
    status: 'done',
    says: `${meant.name} is on call for ${role} ${until}${taken(rotation, before, made, called)}.`,
  };
}

/** Takes an override back. */
export async function cancelOverride(
  parts: OverrideParts,
  { role, override, by, roles }: Parameters<OnCall['cancel']>[0],
): Promise<OverrideAnswer> {
  const place = placeOf(parts, role);
  if ('says' in place) return { status: 'refused', says: place.says };
  const next = await whoNext(parts, place, override);
  const command = { kind: 'cancel-override', id: override, mayChange: mayChange(parts, role), next, by, roles } as const;
  const applied = await parts.journal.apply(calendarOf(place.name), command);
  if (applied.status !== 'done')
    return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
  const { first, until } = await dutyAt(parts, role, parts.clock.now());
  const end = until === null ? '' : ` until ${sayMoment(until, place.rotation.zone)}`;
  return { status: 'done', says: `The override is cancelled. ${first?.name ?? 'Nobody'} is on call for ${role}${end}.` };
}

/** Who is on call for the rest of an override that is taken back. */
async function whoNext(parts: OverrideParts, { name, rotation }: Place, override: string): Promise<readonly Turn[]> {
  const now = parts.clock.now();
  const { all, made } = await overridesOf(parts, name, now);
  const gone = made.find(({ id }) => id === override);
  if (!gone) return [];
  const after = all.filter((each) => each !== gone);
  return comesOnCall(rotation, { before: all, after }, Math.max(now, gone.from) as Instant, gone.to);
}

type Place = { readonly name: string; readonly rotation: Rotation };

function placeOf({ catalog }: OverrideParts, role: RoleId): Place | { readonly says: string } {
  const settings = catalog.settings();
  const known = Object.keys(settings.roles);
  if (!known.includes(role))
    return { says: `There is no role "${role}".${didYouMean(role, known)} The roles are ${sayList(known, 'and')}.` };
  const says = `Nobody is on call for ${role}: it has no rotation. Give it one in rollbot.yml, with "on-call" at the role.`;
  return rotationOf(settings, role) ?? { says };
}

function mayChange({ catalog }: OverrideParts, role: RoleId): readonly RoleId[] {
  return [role, ...commandersOf(catalog.settings())];
}

/** A contact's name, a member's id or mention, or what somebody is called. */
function isMeant({ contact, name, person }: Reachable, who: string): boolean {
  const text = who.replace(/^<@([UW][A-Z0-9]+)(\|[^>]*)?>$/, '$1').replace(/^@/, '');
  return contact === text || person === text || name.toLowerCase() === text.toLowerCase();
}

function noHolder(who: string, role: RoleId, all: readonly Reachable[]): string {
  const names = all.map(({ contact, name, person }) => (contact === person ? name : contact));
  const these = names.length === 0 ? 'Nobody does at this moment.' : `These do: ${sayList(names, 'and')}.`;
  return `"${who}" does not hold ${role}, and only who does can be on call for it.${didYouMean(who, names)} ${these}`;
}

function cannotSay(role: RoleId, why: string): string {
  return `Slack can't say at this moment who holds ${role} (${why}), so nothing was changed. Try again in a minute.`;
}

/** Whose turns, and whose overrides, it takes. */
function taken(rotation: Rotation, before: readonly Override[], made: Override, called: (contact: string) => string): string {
  const shifts = shiftsBetween(rotation, before, made.from, made.to).filter(({ who }) => who !== made.who);
  const turns = [...new Set(shifts.filter(({ instead }) => !instead).map(({ who }) => called(who)))];
  const overlaps = [...new Set(shifts.filter(({ instead }) => instead).map(({ who }) => called(who)))];
  return [
    ...(turns.length > 0 ? [`, instead of ${sayList(turns, 'and')}`] : []),
    ...(overlaps.length > 0 ? [`. It overlaps with the override for ${sayList(overlaps, 'and')}, which does not hold in that time`] : []),
  ].join('');
}
