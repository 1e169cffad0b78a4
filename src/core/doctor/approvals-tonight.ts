import type { Instant, PersonId, RoleId } from '../brand.ts';
import { isQuorum } from '../incident/quorum.ts';
import { sayList } from '../procedure/nearest.ts';
import type { ApprovalRule, PlannedStep } from '../procedure/planned-step.ts';
import { startersOf } from '../settings.ts';
import { sayMoment } from '../zone.ts';
import type { DoctorFinding } from './finding.ts';
import { HOUR_MS, HOURS_AHEAD, isReached } from './reached.ts';
import type { PeopleReadings } from './people-readings.ts';

const CHECK = 'approvals tonight';

/**
 * At every hour until this time tomorrow, enough people can be reached to approve each step that asks for it, whoever of those
 * who may start the procedure has started it. Where Slack can't say who is in a role, that is said, and no more.
 */
export function approvalsTonight(readings: PeopleReadings): readonly DoctorFinding[] {
  if (readings.slack !== null) return [];
  const findings = readings.procedures.flatMap((procedure) => ofProcedure(procedure, readings));
  if (findings.length > 0) return findings;
  const says = 'Every approval of every procedure could be given, at every hour until this time tomorrow.';
  return [{ check: CHECK, level: 'ok', says, advice: null }];
}

type Procedure = PeopleReadings['procedures'][number];

function ofProcedure({ id, steps }: Procedure, readings: PeopleReadings): readonly DoctorFinding[] {
  const targets = Object.entries(readings.settings.targets).filter(([, { procedures }]) => procedures?.includes(id) ?? true);
  const starters = [...peopleOf(startersOf(readings.settings, id), readings).keys()];
  if (targets.length === 0 || starters.length === 0) return [];
  const where = `${id} on ${sayList(
    targets.map(([name]) => name),
    'and',
  )}`;
  // Steps with the same rule have the same answer.
  const rules = Map.groupBy(
    steps.filter(({ approve }) => approve !== undefined),
    ({ approve }) => JSON.stringify(approve),
  );
  return [...rules.values()].flatMap((alike) => ofSteps(where, alike, starters, readings));
}

function ofSteps(
  where: string,
  steps: readonly PlannedStep[],
  starters: readonly PersonId[],
  readings: PeopleReadings,
): readonly DoctorFinding[] {
  const rule = steps[0]?.approve;
  if (!rule) return [];
  const unknown = rule.by.filter((role) => 'unreadable' in (readings.holders.get(role) ?? []));
  if (unknown.length > 0) return [notLookedAt(where, unknown)];
  for (let hour = 0; hour < HOURS_AHEAD; hour += 1) {
    const at = (readings.now + hour * HOUR_MS) as Instant;
    const alone = starters.filter((starter) => !couldBeGiven(rule, starter, at, readings));
    if (alone.length > 0) return [lack({ where, steps, rule, alone, starters, at }, readings)];
  }
  return [];
}

function couldBeGiven(rule: ApprovalRule, starter: PersonId, at: Instant, readings: PeopleReadings): boolean {
  const others = [...peopleOf(rule.by, readings)].filter(([person]) => person !== starter && isReached(person, at, readings));
  return isQuorum(
    rule,
    others.map(([, roles]) => roles),
  );
}

function notLookedAt(where: string, unknown: readonly RoleId[]): DoctorFinding {
  const says = `Whether ${where} could be approved is not known: nobody can say who holds ${sayList(unknown, 'and')}.`;
  return { check: CHECK, level: 'warning', says, advice: 'Look at Slack, then ask again.' };
}

type Lack = {
  readonly where: string;
  readonly steps: readonly PlannedStep[];
  readonly rule: ApprovalRule;
  readonly alone: readonly PersonId[];
  readonly starters: readonly PersonId[];
  readonly at: Instant;
};

function lack({ where, steps, rule, alone, starters, at }: Lack, { names, now, settings }: PeopleReadings): DoctorFinding {
  const what = steps.length === 1 ? `“${steps[0]?.title}”` : `${steps.length} steps such as “${steps[0]?.title}”`;
  const isHopeless = alone.length === starters.length;
  const once = isHopeless ? '' : ` once ${sayList(alone.map((person) => names.get(person) ?? person))} has started it`;
  const zone = Object.values(settings.rotations ?? {})[0]?.zone ?? 'UTC';
  const when = at === now ? 'Now' : `At ${sayMoment(at, zone)}`;
  return {
    check: CHECK,
    level: isHopeless ? 'failure' : 'warning',
    says: `${when} ${isHopeless ? 'nobody' : 'too few people'} could approve ${what} of ${where}${once}: it takes ${rule.need} of ${sayList(rule.by)} besides whoever starts it.`,
    advice: `Put more people into ${sayList(rule.by)}, or give them a medium that wakes them.`,
  };
}

/** Who holds any of these roles, with those that they hold. */
function peopleOf(roles: readonly RoleId[], { holders }: PeopleReadings): ReadonlyMap<PersonId, readonly RoleId[]> {
  const people = new Map<PersonId, RoleId[]>();
  for (const role of roles) {
    const held = holders.get(role) ?? [];
    if ('unreadable' in held) continue;
    for (const person of held) people.set(person, [...(people.get(person) ?? []), role]);
  }
  return people;
}
