import type { Instant, RoleId } from '../brand.ts';
import { contactOf, rotationOf, writtenOverrides } from '../contact/reachable.ts';
import { shiftsBetween } from '../contact/rotation.ts';
import type { Shift } from '../contact/rotation.ts';
import { sayMoment } from '../zone.ts';
import type { DoctorFinding } from './finding.ts';
import type { PeopleReadings } from './people-readings.ts';

const CHECK = 'roles';
const AHEAD_DAYS = 14;
const AHEAD_MS = AHEAD_DAYS * 24 * 60 * 60_000;

/** Somebody holds each role, now and whenever a rotation hands it over in the next two weeks. */
export function rolesHeld(readings: PeopleReadings): readonly DoctorFinding[] {
  if (readings.slack !== null) return [];
  const roles = Object.keys(readings.settings.roles) as RoleId[];
  const unreadable = 'unreadable' in readings.overrides ? [unread(readings.overrides.unreadable)] : [];
  const findings = [...unreadable, ...roles.flatMap((role) => ofRole(role, readings))];
  if (findings.length > 0) return findings;
  return [{ check: CHECK, level: 'ok', says: `All ${roles.length} roles are held, now and in the next ${AHEAD_DAYS} days.`, advice: null }];
}

function ofRole(role: RoleId, readings: PeopleReadings): readonly DoctorFinding[] {
  const held = readings.holders.get(role) ?? [];
  if ('unreadable' in held) {
    const advice = 'Look at Slack, then ask again.';
    return [{ check: CHECK, level: 'warning', says: `Nobody can say who holds ${role}: ${held.unreadable}.`, advice }];
  }
  const nobody: DoctorFinding = {
    check: CHECK,
    level: 'failure',
    says: `Nobody holds ${role}.`,
    advice: 'Put somebody into its Slack group, or list people or contacts for it in rollbot.yml.',
  };
  return [...(held.length === 0 ? [nobody] : []), ...strangers(role, held, readings)];
}

/** Whoever is on call without holding the role: they are called, and can't do what they are called for. */
function strangers(role: RoleId, held: readonly string[], { settings, overrides, now }: PeopleReadings): readonly DoctorFinding[] {
  const found = rotationOf(settings, role);
  if (!found) return [];
  const made = 'unreadable' in overrides ? [] : (overrides.get(found.name) ?? []);
  const shifts = shiftsBetween(found.rotation, [...writtenOverrides(found.rotation), ...made], now, (now + AHEAD_MS) as Instant);
  const wrong = shifts.filter(({ who }) => !held.includes(contactOf(settings, who)?.slack ?? who));
  const firsts = wrong.filter((shift, index) => wrong.findIndex(({ who }) => who === shift.who) === index);
  return firsts.map((shift) => stranger(role, shift, found.rotation.zone, now));
}

function stranger(role: RoleId, { who, from }: Shift, zone: string, now: Instant): DoctorFinding {
  const when = from <= now ? 'now' : `from ${sayMoment(from, zone)}`;
  return {
    check: CHECK,
    level: from <= now ? 'failure' : 'warning',
    says: `${who} is on call for ${role} ${when}, and does not hold it.`,
    advice: `Put ${who} into the role, or somebody else on call: /oncall override ${role}.`,
  };
}

function unread(why: string): DoctorFinding {
  return {
    check: CHECK,
    level: 'warning',
    says: `What was changed with /oncall could not be read: ${why}`,
    advice: 'Look at the journal with rollbot verify.',
  };
}
