import type { Instant, PersonId, RoleId } from '../brand.ts';
import { sayList } from '../procedure/nearest.ts';
import { overrideRuleOf } from '../terminal/break-glass.ts';
import type { OverrideRule } from '../terminal/break-glass.ts';
import { mappedPeople } from '../terminal/person.ts';
import { sayMoment } from '../zone.ts';
import type { DoctorFinding } from './finding.ts';
import type { PeopleReadings } from './people-readings.ts';
import { HOUR_MS, HOURS_AHEAD, isReached } from './reached.ts';

const CHECK = 'break glass';

/**
 * Whether somebody could go on without an approval at every hour until this time tomorrow: somebody who may can be reached, so can
 * somebody else who is told, and the terminal knows who they are. What only Slack knows is left out where it can't be asked.
 */
export function breakGlassOpen(readings: PeopleReadings): readonly DoctorFinding[] {
  const rule = overrideRuleOf(readings.settings);
  if (!rule) return [CLOSED];
  if (readings.slack !== null) return [];
  const unknown = [...rule.roles, rule.tells].filter((role) => 'unreadable' in (readings.holders.get(role) ?? []));
  if (unknown.length > 0) return [notLookedAt(unknown)];
  const findings = [...lackOf(rule, readings), ...strangersToTheTerminal(rule, readings)];
  if (findings.length > 0) return findings;
  const says = 'Somebody could go on without an approval, and somebody else would hear of it, at every hour until this time tomorrow.';
  return [{ check: CHECK, level: 'ok', says, advice: null }];
}

const CLOSED: DoctorFinding = {
  check: CHECK,
  level: 'warning',
  says: 'Whoever is alone at night can not go on past an approval that nobody gives.',
  advice: 'Add break-glass: { roles: […], tells: … } to rollbot.yml, or see to it that somebody can always approve.',
};

function notLookedAt(unknown: readonly RoleId[]): DoctorFinding {
  const says = `Whether somebody could go on without an approval is not known: nobody can say who holds ${sayList(unknown, 'and')}.`;
  return { check: CHECK, level: 'warning', says, advice: 'Look at Slack, then ask again.' };
}

/** The first hour at which nobody could, or nobody else would hear of it. */
function lackOf(rule: OverrideRule, readings: PeopleReadings): readonly DoctorFinding[] {
  const able = holdersOf(rule.roles, readings);
  const told = holdersOf([rule.tells], readings);
  if (able.length === 0) return [failure(`Nobody holds ${sayList(rule.roles)}, so nobody could go on without an approval.`, rule.roles)];
  if (told.length === 0) return [failure(`Nobody holds ${rule.tells}, which hears of it when somebody goes on alone.`, [rule.tells])];
  for (let hour = 0; hour < HOURS_AHEAD; hour += 1) {
    const at = (readings.now + hour * HOUR_MS) as Instant;
    const reached = (person: PersonId): boolean => isReached(person, at, readings);
    const when = sayWhen(at, readings);
    if (!able.some(reached)) return [failure(`${when} nobody of ${sayList(rule.roles)} can be reached to go on alone.`, rule.roles)];
    const others = told.filter(reached);
    const pairs = able.filter(reached).some((person) => others.some((other) => other !== person));
    if (!pairs)
      return [failure(`${when} nobody else of ${rule.tells} can be reached to hear of it when somebody goes on alone.`, [rule.tells])];
  }
  return [];
}

/** Those who may go on alone, but only as long as there is Slack. */
function strangersToTheTerminal(rule: OverrideRule, readings: PeopleReadings): readonly DoctorFinding[] {
  const mapped = mappedPeople(readings.settings).map(({ person }) => person);
  const able = holdersOf(rule.roles, readings);
  const strangers = able.filter((person) => !mapped.includes(person)).map((person) => readings.names.get(person) ?? person);
  if (strangers.length === 0) return [];
  const who = strangers.length === able.length ? 'nobody could go on alone' : `${sayList(strangers, 'and')} could not go on alone`;
  return [
    {
      check: CHECK,
      level: 'warning',
      says: `When Slack is down, ${who}: rollbot.yml does not name ${strangers.length === 1 ? 'a user' : 'users'} of the terminal for ${sayList(strangers, 'and')}.`,
      advice: 'Add them to terminal: people: in rollbot.yml, by their user on the host of the bot.',
    },
  ];
}

function failure(says: string, roles: readonly RoleId[]): DoctorFinding {
  const advice = `Put more people into ${sayList(roles)}, or give them a medium that wakes them.`;
  return { check: CHECK, level: 'failure', says, advice };
}

function sayWhen(at: Instant, { now, settings }: PeopleReadings): string {
  const zone = Object.values(settings.rotations ?? {})[0]?.zone ?? 'UTC';
  return at === now ? 'Now' : `At ${sayMoment(at, zone)}`;
}

function holdersOf(roles: readonly RoleId[], { holders }: PeopleReadings): readonly PersonId[] {
  return [
    ...new Set(
      roles.flatMap((role) => {
        const held = holders.get(role) ?? [];
        return 'unreadable' in held ? [] : held;
      }),
    ),
  ];
}
