import type { MadeOverride } from '../../core/calendar/state.ts';
import { MEDIA_NAMES } from '../../core/contact/media.ts';
import type { Plan, Reachable } from '../../core/contact/port.ts';
import { rotationOf } from '../../core/contact/reachable.ts';
import type { Json } from '../../core/digest.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import type { Settings } from '../../core/settings.ts';
import { sayMoment } from '../../core/zone.ts';
import { iso } from './words.ts';

type Known = Pick<Settings, 'roles' | 'rotations'>;

/** Who is on call for each role, until when, and who is next; by the clocks of each rotation's zone, as overrides are typed. */
export function onCallLines(plans: readonly Plan[], settings: Known): readonly string[] {
  if (plans.length === 0) return ['rollbot.yml has no roles.'];
  const width = Math.max(...plans.map(({ duty }) => duty.role.length));
  return plans.map((plan) => `${plan.duty.role.padEnd(width)}  ${sayDuty(plan, settings)}`);
}

/** One role, with how everybody is reached, what comes next and what was changed. */
export function dutyLines({ duty, next, overrides, rotation }: Plan, settings: Known): readonly string[] {
  const { role, first, all, until, unreadable } = duty;
  const zone = zoneOf(settings, duty);
  return [
    `${role}${first ? `: ${first.name}${until === null ? '' : ` until ${sayMoment(until, zone)}`}` : ''}`,
    ...all.map((person) => `  ${person.name} by ${sayMedia(person)}${person === first ? ' · on call' : ''}`),
    ...(all.length === 0 ? ['  Nobody can be reached for this role.'] : []),
    ...next.map(({ who, from, instead }) => `  then ${who.name} from ${sayMoment(from, zone)}${instead ? ' (override)' : ''}`),
    ...overrides.map((override) => `  ${overrideLine(override, all, zone)}`),
    ...(unreadable === null ? [] : [`  Slack can't say at this moment who else is in it: ${unreadable}`]),
    `  ${rotation === null ? 'It has no rotation: whoever holds it is called.' : `Rotation ${rotation} of rollbot.yml`}`,
  ];
}

/** The same as data; times are in UTC. */
export function dutyData({ duty, rotation, next, overrides }: Plan): Json {
  return {
    role: duty.role,
    onCall: duty.first?.contact ?? null,
    until: duty.until === null ? null : iso(duty.until),
    people: duty.all.map(({ contact, name, media, quiet }) => ({ contact, name, media: [...media], quiet })),
    rotation,
    next: next.map(({ who, from, instead }) => ({ contact: who.contact, from: iso(from), override: instead })),
    overrides: overrides.map(({ id, who, from, to, by }) => ({ override: id, contact: who, from: iso(from), to: iso(to), by: nameOf(by) })),
    unreadable: duty.unreadable,
  };
}

const MOST_NAMED = 5;

function sayDuty({ duty, next: [next] }: Plan, settings: Known): string {
  const { first, all, until, unreadable } = duty;
  if (first) {
    const ends = until === null ? '' : ` until ${sayMoment(until, zoneOf(settings, duty))}`;
    return `${first.name}${ends}${next ? `, then ${next.who.name}` : ''}`;
  }
  if (all.length === 0) return `nobody can be reached${unreadable === null ? '' : ' as far as Slack can say now'}`;
  const names = all.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = all.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} (no rotation)`;
}

function overrideLine({ id, who, from, to, by }: MadeOverride, all: readonly Reachable[], zone: string): string {
  const name = all.find(({ contact }) => contact === who)?.name ?? who;
  return `override ${id}: ${name} from ${sayMoment(from, zone)} to ${sayMoment(to, zone)}, by ${nameOf(by)}`;
}

function sayMedia({ media, quiet }: Reachable): string {
  if (media.length === 0) return 'nothing';
  return `${media.map((medium) => MEDIA_NAMES[medium]).join(', ')}${quiet ? ' (quiet hours)' : ''}`;
}

function zoneOf(settings: Known, { role }: Plan['duty']): string {
  return rotationOf(settings, role)?.rotation.zone ?? 'UTC';
}
